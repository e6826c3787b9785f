#pragma once

#include <stddef.h>

// Reads the header and, if `pixels` is not null, the image: `width * height` pixels of red, green and blue bytes, as
// stored, without regard to gamma or transparency. `capacity` is the size of `pixels` in bytes.
//
// Returns 0, or -1 with a message in the `espalier_png_message_size()` bytes of `message`.
int espalier_png_read(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, int *width, int *height,
    char *message);

size_t espalier_png_message_size(void);
