#pragma once

#include <stddef.h>

// Reads the header, and where `pixels` is not null the image: `width * height` pixels of `components` bytes each, which
// is 3 for red, green and blue, or 4 for the inverted inks that Adobe's programs write. `capacity` bytes may be
// written.
//
// Returns 0, or -1 with a message in the `espalier_jpeg_message_size()` bytes of `message`.
int espalier_jpeg_read(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, int *width, int *height,
    int *components, char *message);

size_t espalier_jpeg_message_size(void);
