#pragma once

#include <stddef.h>

// Reads the header and, if `pixels` is not null, the image: `width * height` pixels of `components` bytes each, 3 for
// red, green and blue, or 4 for Adobe's inverted CMYK. `capacity` is the size of `pixels` in bytes.
//
// Returns 0, or -1 with a message in the `espalier_jpeg_message_size()` bytes of `message`.
int espalier_jpeg_read(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, int *width, int *height,
    int *components, char *message);

size_t espalier_jpeg_message_size(void);
