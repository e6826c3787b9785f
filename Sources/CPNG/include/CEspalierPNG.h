#pragma once

#include <stddef.h>

// Reads the header, and where `pixels` is not null the image: `width * height` pixels of red, green and blue bytes, as
// they are stored, without regard to gamma or transparency. `capacity` bytes may be written.
//
// Returns 0, or -1 with a message in the `espalier_png_message_size()` bytes of `message`.
int espalier_png_read(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, int *width, int *height,
    char *message);

size_t espalier_png_message_size(void);
