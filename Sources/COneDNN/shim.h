// The part of oneDNN that the project uses, with the differences between its version 2 (Debian 12: 2.6) and version 3
// (Homebrew, newer Debian) hidden. Nothing is computed here. Every function returns NULL or a status on failure.
#pragma once
#include <oneapi/dnnl/dnnl.h>
#include <stdlib.h>

typedef struct {
  int major, minor, patch;
} espalier_dnnl_version_t;

static inline espalier_dnnl_version_t espalier_dnnl_version(void) {
  const dnnl_version_t *v = dnnl_version();
  espalier_dnnl_version_t r = {v->major, v->minor, v->patch};
  return r;
}

// A single precision tensor's layout: sizes and strides of its axes, in elements.
typedef struct {
  int rank;
  int64_t sizes[DNNL_MAX_NDIMS];
  int64_t strides[DNNL_MAX_NDIMS];
} espalier_dnnl_layout_t;

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t espalier_dnnl_desc_t;
static inline dnnl_status_t espalier_dnnl_desc_create(espalier_dnnl_desc_t *d, const espalier_dnnl_layout_t *l) {
  return dnnl_memory_desc_create_with_strides(d, l->rank, l->sizes, dnnl_f32, l->strides);
}
static inline void espalier_dnnl_desc_destroy(espalier_dnnl_desc_t *d) { dnnl_memory_desc_destroy(*d); }
#define ESPALIER_DNNL_DESC(d) (d)
#else
typedef dnnl_memory_desc_t espalier_dnnl_desc_t;
static inline dnnl_status_t espalier_dnnl_desc_create(espalier_dnnl_desc_t *d, const espalier_dnnl_layout_t *l) {
  return dnnl_memory_desc_init_by_strides(d, l->rank, l->sizes, dnnl_f32, l->strides);
}
static inline void espalier_dnnl_desc_destroy(espalier_dnnl_desc_t *d) { (void)d; }
#define ESPALIER_DNNL_DESC(d) (&(d))
#endif

// A memory object over no memory yet: its data handle is set before each run.
static inline dnnl_memory_t espalier_dnnl_memory_create(const espalier_dnnl_layout_t *l, dnnl_engine_t engine) {
  espalier_dnnl_desc_t d;
  dnnl_memory_t memory = NULL;
  if (espalier_dnnl_desc_create(&d, l) != dnnl_success) return NULL;
  if (dnnl_memory_create(&memory, ESPALIER_DNNL_DESC(d), engine, NULL) != dnnl_success) memory = NULL;
  espalier_dnnl_desc_destroy(&d);
  return memory;
}

// destination = scale * source x weights (+ bias), over batches of matrices. `bias` may be NULL.
static inline dnnl_primitive_t espalier_dnnl_matmul_create(
    dnnl_engine_t engine, const espalier_dnnl_layout_t *source, const espalier_dnnl_layout_t *weights,
    const espalier_dnnl_layout_t *bias, const espalier_dnnl_layout_t *destination) {
  espalier_dnnl_desc_t s, w, b, d;
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t primitive = NULL;
  if (espalier_dnnl_desc_create(&s, source) != dnnl_success) return NULL;
  if (espalier_dnnl_desc_create(&w, weights) != dnnl_success) return NULL;
  if (bias && espalier_dnnl_desc_create(&b, bias) != dnnl_success) return NULL;
  if (espalier_dnnl_desc_create(&d, destination) != dnnl_success) return NULL;
#if DNNL_VERSION_MAJOR >= 3
  dnnl_status_t status = dnnl_matmul_primitive_desc_create(&description, engine, s, w, bias ? b : NULL, d, NULL);
#else
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(&operation, &s, &w, bias ? &b : NULL, &d);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(&description, &operation, NULL, engine, NULL);
#endif
  if (status == dnnl_success && dnnl_primitive_create(&primitive, description) != dnnl_success) primitive = NULL;
  if (description) dnnl_primitive_desc_destroy(description);
  espalier_dnnl_desc_destroy(&s);
  espalier_dnnl_desc_destroy(&w);
  if (bias) espalier_dnnl_desc_destroy(&b);
  espalier_dnnl_desc_destroy(&d);
  return primitive;
}
