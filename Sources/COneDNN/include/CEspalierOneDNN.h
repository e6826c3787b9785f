// The part of oneDNN used by the project, hiding the differences between version 2 (Debian 12: 2.6) and version 3
// (Homebrew, newer Debian). Nothing is computed here. Every function returns NULL or a status on failure.
#pragma once

#include <oneapi/dnnl/dnnl.h>

typedef struct {
  int major, minor, patch;
} espalier_dnnl_version_t;

espalier_dnnl_version_t espalier_dnnl_version(void);

// The layout of a single precision tensor: sizes and strides of its axes, in elements.
typedef struct {
  int rank;
  int64_t sizes[DNNL_MAX_NDIMS];
  int64_t strides[DNNL_MAX_NDIMS];
} espalier_dnnl_layout_t;

// A memory object without memory: its data handle is set before each run.
dnnl_memory_t espalier_dnnl_memory_create(const espalier_dnnl_layout_t *l, dnnl_engine_t engine);

// A memory object that owns its memory.
dnnl_memory_t espalier_dnnl_memory_allocate(const espalier_dnnl_layout_t *l, dnnl_engine_t engine);

// Moves the elements of a tensor from the layout of one memory object to that of another.
dnnl_primitive_t espalier_dnnl_reorder_create(dnnl_engine_t engine, dnnl_memory_t from, dnnl_memory_t to);

// A function applied to each result of another primitive.
typedef enum {
  espalier_dnnl_identity,
  espalier_dnnl_relu,
  espalier_dnnl_tanh,
  espalier_dnnl_gelu_erf,
  espalier_dnnl_gelu_tanh
} espalier_dnnl_function_t;

// destination = function(source x weights (+ bias) (+ destination if `adds`)), over batches of matrices. `bias` may be
// NULL.
dnnl_primitive_t espalier_dnnl_matmul_create(
    dnnl_engine_t engine, const espalier_dnnl_layout_t *source, const espalier_dnnl_layout_t *weights,
    const espalier_dnnl_layout_t *bias, const espalier_dnnl_layout_t *destination, int adds,
    espalier_dnnl_function_t function);

// Whether rounding depends on the number of threads that run the primitive, and any one thread may run it. General
// matrix products, which older vector instructions get, are divided among threads at places that follow from their
// number. Scratch memory belongs to the thread that made a primitive, so those that need it do not count.
int espalier_dnnl_depends_on_threads(dnnl_primitive_t primitive);

// A convolution: the layouts of its operands (of the weights only the sizes: the primitive chooses their layout) and
// the parameters of its window. `dilations` are 0 for adjacent taps. Grouped weights have one more axis, the groups, in
// front. Forward results are clamped between two bounds if `is_bounded`.
typedef struct {
  espalier_dnnl_layout_t source, weights, bias, destination;
  int has_bias, is_bounded;
  float least, greatest;
  dnnl_dims_t strides, dilations, before, after;
} espalier_dnnl_convolution_t;

typedef enum {
  espalier_dnnl_convolution_forward,
  espalier_dnnl_convolution_data_gradient,
  espalier_dnnl_convolution_weight_gradient
} espalier_dnnl_convolution_kind_t;

// The convolution, or its gradient; `weights` receives a memory object that owns its memory, in the layout chosen for
// them.
dnnl_primitive_t espalier_dnnl_convolution_create(dnnl_engine_t engine,
    espalier_dnnl_convolution_kind_t kind, const espalier_dnnl_convolution_t *c, dnnl_memory_t *weights);

// A pool: the layouts of its operands and the parameters of its window. `dilations` are 0 for adjacent taps.
typedef struct {
  espalier_dnnl_layout_t source, destination;
  dnnl_dims_t kernel, strides, dilations, before, after;
  dnnl_alg_kind_t algorithm;
} espalier_dnnl_pooling_t;

// The pool, or its gradient. `workspace` receives a memory object that owns its memory, for the positions of the
// maxima, which the pool writes and its gradient reads; NULL if there is none.
dnnl_primitive_t espalier_dnnl_pooling_create(
    dnnl_engine_t engine, int backward, const espalier_dnnl_pooling_t *p, dnnl_memory_t *workspace);

typedef enum {
  espalier_dnnl_normalization_inference,
  espalier_dnnl_normalization_training,
  espalier_dnnl_normalization_gradient
} espalier_dnnl_normalization_kind_t;

// Batch normalisation with scale and shift: with given statistics, with those of the batch, or the gradient of the
// latter.
dnnl_primitive_t espalier_dnnl_normalization_create(dnnl_engine_t engine,
    espalier_dnnl_normalization_kind_t kind, const espalier_dnnl_layout_t *layout, float epsilon);
