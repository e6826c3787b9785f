// libpng reports errors by a callback that must not return. Here it jumps back, so that the functions Swift calls
// return 0, or -1 with a message.

#include "CEspalierPNG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <png.h>

#define ESPALIER_PNG_MESSAGE_SIZE 200

typedef struct {
  const unsigned char *bytes;
  size_t count, position;
} espalier_png_source;

static void espalier_png_fail(png_structp state, png_const_charp text) {
  snprintf((char *)png_get_error_ptr(state), ESPALIER_PNG_MESSAGE_SIZE, "%s", text);
  png_longjmp(state, 1);
}

static void espalier_png_ignore(png_structp state, png_const_charp text) {
  (void)state;
  (void)text;
}

static void espalier_png_supply(png_structp state, png_bytep target, size_t count) {
  espalier_png_source *source = (espalier_png_source *)png_get_io_ptr(state);
  if (count > source->count - source->position) png_error(state, "the data ends before the image does");
  memcpy(target, source->bytes + source->position, count);
  source->position += count;
}

// 16-bit grey levels are kept in full and then clamped to 255, as in Pillow.
static void espalier_png_clip(unsigned char *row, const unsigned char *wide, size_t width) {
  for (size_t x = 0; x < width; x++) {
    unsigned char level = wide[2 * x] ? 255 : wide[2 * x + 1];
    row[3 * x] = row[3 * x + 1] = row[3 * x + 2] = level;
  }
}

int espalier_png_read(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, int *width, int *height,
    char *message) {
  espalier_png_source source = {bytes, count, 0};
  png_structp state =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, message, espalier_png_fail, espalier_png_ignore);
  png_infop info = state ? png_create_info_struct(state) : NULL;
  unsigned char *volatile wide = NULL;
  if (info == NULL) {
    png_destroy_read_struct(&state, NULL, NULL);
    strcpy(message, "no memory");
    return -1;
  }
  if (setjmp(png_jmpbuf(state))) {
    png_destroy_read_struct(&state, &info, NULL);
    free(wide);
    return -1;
  }
  png_set_read_fn(state, &source, espalier_png_supply);
  png_read_info(state, info);
  png_uint_32 columns = png_get_image_width(state, info), rows = png_get_image_height(state, info);
  *width = (int)columns;
  *height = (int)rows;
  if (pixels != NULL) {
    int deep_grey = png_get_color_type(state, info) == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(state, info) == 16;
    if (!deep_grey) {
      png_set_expand(state);
      png_set_strip_16(state);
      png_set_gray_to_rgb(state);
    }
    png_set_strip_alpha(state);
    int passes = png_set_interlace_handling(state);
    png_read_update_info(state, info);
    size_t stride = (size_t)columns * 3, stored = png_get_rowbytes(state, info);
    if (stride * rows > capacity || stored != (deep_grey ? (size_t)columns * 2 : stride)) {
      png_error(state, "the image is not what its header said");
    }
    if (deep_grey && (wide = (unsigned char *)calloc(rows, stored)) == NULL) png_error(state, "no memory");
    for (int pass = 0; pass < passes; pass++) {
      for (png_uint_32 y = 0; y < rows; y++) {
        png_read_row(state, deep_grey ? wide + stored * y : pixels + stride * y, NULL);
      }
    }
    for (png_uint_32 y = 0; deep_grey && y < rows; y++) {
      espalier_png_clip(pixels + stride * y, wide + stored * y, columns);
    }
    png_read_end(state, NULL);
  }
  png_destroy_read_struct(&state, &info, NULL);
  free(wide);
  return 0;
}

size_t espalier_png_message_size(void) { return ESPALIER_PNG_MESSAGE_SIZE; }
