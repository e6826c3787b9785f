// libjpeg reports errors by a callback that must not return. Here it jumps back, so that the functions Swift calls
// return 0, or -1 with a message.

#include "CEspalierJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

// The maximum number of scans of a progressive file; encoders make about ten, and each costs as much as the first.
#define ESPALIER_JPEG_MOST_SCANS 200

typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf escape;
  char *message;  // JMSG_LENGTH_MAX bytes of the caller
} espalier_jpeg_errors;

static void espalier_jpeg_fail(j_common_ptr state) {
  espalier_jpeg_errors *errors = (espalier_jpeg_errors *)state->err;
  (*state->err->format_message)(state, errors->message);
  longjmp(errors->escape, 1);
}

// All warnings are ignored, except that the data ends before the image.
static void espalier_jpeg_note(j_common_ptr state, int level) {
  if (level < 0 && state->err->msg_code == JWRN_JPEG_EOF) {
    espalier_jpeg_errors *errors = (espalier_jpeg_errors *)state->err;
    strcpy(errors->message, "the data ends before the image does");
    longjmp(errors->escape, 1);
  }
}

static void espalier_jpeg_count_scans(j_common_ptr state) {
  if (((j_decompress_ptr)state)->input_scan_number > ESPALIER_JPEG_MOST_SCANS) {
    espalier_jpeg_errors *errors = (espalier_jpeg_errors *)state->err;
    strcpy(errors->message, "the file has too many scans");
    longjmp(errors->escape, 1);
  }
}

int espalier_jpeg_read(
    const unsigned char *bytes, size_t count, unsigned char *pixels, size_t capacity, int *width, int *height,
    int *components, char *message) {
  struct jpeg_decompress_struct state;
  struct jpeg_progress_mgr progress;
  espalier_jpeg_errors errors;
  memset(&state, 0, sizeof state);
  memset(&progress, 0, sizeof progress);
  state.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = espalier_jpeg_fail;
  errors.manager.emit_message = espalier_jpeg_note;
  errors.message = message;
  progress.progress_monitor = espalier_jpeg_count_scans;
  if (setjmp(errors.escape)) {
    jpeg_destroy_decompress(&state);
    return -1;
  }
  jpeg_create_decompress(&state);
  state.progress = &progress;
  jpeg_mem_src(&state, (unsigned char *)bytes, count);
  jpeg_read_header(&state, TRUE);
  int inks = state.jpeg_color_space == JCS_CMYK || state.jpeg_color_space == JCS_YCCK;
  state.out_color_space = inks ? JCS_CMYK : JCS_RGB;
  *width = (int)state.image_width;
  *height = (int)state.image_height;
  *components = inks ? 4 : 3;
  if (pixels != NULL) {
    size_t stride = (size_t)state.image_width * (size_t)*components;
    jpeg_start_decompress(&state);
    if (stride * state.image_height > capacity || (int)state.output_components != *components) {
      strcpy(message, "the image is larger than its header said");
      longjmp(errors.escape, 1);
    }
    while (state.output_scanline < state.output_height) {
      unsigned char *row = pixels + stride * state.output_scanline;
      jpeg_read_scanlines(&state, &row, 1);
    }
    jpeg_finish_decompress(&state);
  }
  jpeg_destroy_decompress(&state);
  return 0;
}

size_t espalier_jpeg_message_size(void) { return JMSG_LENGTH_MAX; }
