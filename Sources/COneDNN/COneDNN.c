// Compiled only with the trait of this name: without it, oneDNN need not be installed.
#ifdef OneDNN

#include "CEspalierOneDNN.h"

#include <stdlib.h>
#include <string.h>

espalier_dnnl_version_t espalier_dnnl_version(void) {
  const dnnl_version_t *v = dnnl_version();
  espalier_dnnl_version_t r = {v->major, v->minor, v->patch};
  return r;
}

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t espalier_dnnl_desc_t;
static dnnl_status_t espalier_dnnl_desc_create(espalier_dnnl_desc_t *d, const espalier_dnnl_layout_t *l) {
  return dnnl_memory_desc_create_with_strides(d, l->rank, l->sizes, dnnl_f32, l->strides);
}
static void espalier_dnnl_desc_destroy(espalier_dnnl_desc_t *d) { dnnl_memory_desc_destroy(*d); }
#define ESPALIER_DNNL_DESC(d) (d)
#else
typedef dnnl_memory_desc_t espalier_dnnl_desc_t;
static dnnl_status_t espalier_dnnl_desc_create(espalier_dnnl_desc_t *d, const espalier_dnnl_layout_t *l) {
  return dnnl_memory_desc_init_by_strides(d, l->rank, l->sizes, dnnl_f32, l->strides);
}
static void espalier_dnnl_desc_destroy(espalier_dnnl_desc_t *d) { (void)d; }
#define ESPALIER_DNNL_DESC(d) (&(d))
#endif

// A memory object whose elements lie at `handle`: NULL for nowhere yet, DNNL_MEMORY_ALLOCATE for memory of its own.
static dnnl_memory_t espalier_dnnl_memory_at(const espalier_dnnl_layout_t *l, dnnl_engine_t engine, void *handle) {
  espalier_dnnl_desc_t d;
  dnnl_memory_t memory = NULL;
  if (espalier_dnnl_desc_create(&d, l) != dnnl_success) return NULL;
  if (dnnl_memory_create(&memory, ESPALIER_DNNL_DESC(d), engine, handle) != dnnl_success) memory = NULL;
  espalier_dnnl_desc_destroy(&d);
  return memory;
}

dnnl_memory_t espalier_dnnl_memory_create(const espalier_dnnl_layout_t *l, dnnl_engine_t engine) {
  return espalier_dnnl_memory_at(l, engine, NULL);
}

dnnl_memory_t espalier_dnnl_memory_allocate(const espalier_dnnl_layout_t *l, dnnl_engine_t engine) {
  return espalier_dnnl_memory_at(l, engine, DNNL_MEMORY_ALLOCATE);
}

// Appends a function with two parameters of each result.
static dnnl_status_t espalier_dnnl_append_function(
    dnnl_post_ops_t operations, dnnl_alg_kind_t function, float alpha, float beta) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_post_ops_append_eltwise(operations, function, alpha, beta);
#else
  return dnnl_post_ops_append_eltwise(operations, 1, function, alpha, beta);
#endif
}

// Appends the addition of what the destination holds.
static dnnl_status_t espalier_dnnl_append_sum(dnnl_post_ops_t operations) {
#if DNNL_VERSION_MAJOR >= 3
  return dnnl_post_ops_append_sum(operations, 1, 0, dnnl_data_type_undef);
#else
  return dnnl_post_ops_append_sum(operations, 1);
#endif
}

// Appends a function without parameters.
static dnnl_status_t espalier_dnnl_append_named(dnnl_post_ops_t operations, espalier_dnnl_function_t function) {
  switch (function) {
    case espalier_dnnl_identity: return dnnl_success;
    case espalier_dnnl_relu: return espalier_dnnl_append_function(operations, dnnl_eltwise_relu, 0, 0);
    case espalier_dnnl_tanh: return espalier_dnnl_append_function(operations, dnnl_eltwise_tanh, 0, 0);
    case espalier_dnnl_gelu_erf: return espalier_dnnl_append_function(operations, dnnl_eltwise_gelu_erf, 0, 0);
    case espalier_dnnl_gelu_tanh: return espalier_dnnl_append_function(operations, dnnl_eltwise_gelu_tanh, 0, 0);
  }
  return dnnl_invalid_arguments;
}

// Attributes with these operations, which are destroyed. The caller destroys the attributes, also on failure.
static dnnl_status_t espalier_dnnl_attributes_create(
    dnnl_primitive_attr_t *attributes, dnnl_post_ops_t operations, dnnl_status_t status) {
  *attributes = NULL;
  if (status == dnnl_success) status = dnnl_primitive_attr_create(attributes);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(*attributes, operations);
  dnnl_post_ops_destroy(operations);
  return status;
}

dnnl_primitive_t espalier_dnnl_matmul_create(
    dnnl_engine_t engine, const espalier_dnnl_layout_t *source, const espalier_dnnl_layout_t *weights,
    const espalier_dnnl_layout_t *bias, const espalier_dnnl_layout_t *destination, int adds,
    espalier_dnnl_function_t function) {
  espalier_dnnl_desc_t s, w, b, d;
  dnnl_post_ops_t operations = NULL;
  dnnl_primitive_attr_t attributes = NULL;
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t primitive = NULL;
  if (espalier_dnnl_desc_create(&s, source) != dnnl_success) return NULL;
  if (espalier_dnnl_desc_create(&w, weights) != dnnl_success) return NULL;
  if (bias && espalier_dnnl_desc_create(&b, bias) != dnnl_success) return NULL;
  if (espalier_dnnl_desc_create(&d, destination) != dnnl_success) return NULL;
  dnnl_status_t status = dnnl_post_ops_create(&operations);
  if (status == dnnl_success) {
    if (adds) status = espalier_dnnl_append_sum(operations);
    if (status == dnnl_success) status = espalier_dnnl_append_named(operations, function);
    status = espalier_dnnl_attributes_create(&attributes, operations, status);
  }
#if DNNL_VERSION_MAJOR >= 3
  if (status == dnnl_success) {
    status = dnnl_matmul_primitive_desc_create(&description, engine, s, w, bias ? b : NULL, d, attributes);
  }
#else
  dnnl_matmul_desc_t operation;
  if (status == dnnl_success) status = dnnl_matmul_desc_init(&operation, &s, &w, bias ? &b : NULL, &d);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(&description, &operation, attributes, engine, NULL);
#endif
  if (status == dnnl_success && dnnl_primitive_create(&primitive, description) != dnnl_success) primitive = NULL;
  if (description) dnnl_primitive_desc_destroy(description);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  espalier_dnnl_desc_destroy(&s);
  espalier_dnnl_desc_destroy(&w);
  if (bias) espalier_dnnl_desc_destroy(&b);
  espalier_dnnl_desc_destroy(&d);
  return primitive;
}

int espalier_dnnl_depends_on_threads(dnnl_primitive_t primitive) {
  const_dnnl_primitive_desc_t description = NULL;
  const char *implementation = NULL;
  dnnl_dim_t scratch = 0;
  if (dnnl_primitive_get_primitive_desc(primitive, &description) != dnnl_success) return 0;
  if (dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &implementation) != dnnl_success) return 0;
  if (dnnl_primitive_desc_query(description, dnnl_query_memory_consumption_s64, 0, &scratch) != dnnl_success) return 0;
  return scratch == 0 && strstr(implementation, "gemm") != NULL && strstr(implementation, "brgemm") == NULL;
}

#if DNNL_VERSION_MAJOR >= 3
typedef const_dnnl_memory_desc_t espalier_dnnl_desc_ref_t;
#else
typedef const dnnl_memory_desc_t *espalier_dnnl_desc_ref_t;
#endif

dnnl_primitive_t espalier_dnnl_reorder_create(dnnl_engine_t engine, dnnl_memory_t from, dnnl_memory_t to) {
  espalier_dnnl_desc_ref_t f, t;
  dnnl_primitive_desc_t description = NULL;
  dnnl_primitive_t primitive = NULL;
  if (dnnl_memory_get_memory_desc(from, &f) != dnnl_success) return NULL;
  if (dnnl_memory_get_memory_desc(to, &t) != dnnl_success) return NULL;
  if (dnnl_reorder_primitive_desc_create(&description, f, engine, t, engine, NULL) != dnnl_success) return NULL;
  if (dnnl_primitive_create(&primitive, description) != dnnl_success) primitive = NULL;
  dnnl_primitive_desc_destroy(description);
  return primitive;
}

// Attributes that apply the bounds of a forward convolution to each result; NULL if there are none. The caller destroys
// them, also on failure.
static dnnl_status_t espalier_dnnl_bounds_create(
    dnnl_primitive_attr_t *attributes, const espalier_dnnl_convolution_t *c) {
  int is_relu = c->least == 0 && c->greatest > 3e38f;
  dnnl_alg_kind_t function = is_relu ? dnnl_eltwise_relu : dnnl_eltwise_clip;
  float alpha = is_relu ? 0 : c->least, beta = is_relu ? 0 : c->greatest;
  dnnl_post_ops_t operations = NULL;
  *attributes = NULL;
  if (!c->is_bounded) return dnnl_success;
  dnnl_status_t status = dnnl_post_ops_create(&operations);
  if (status != dnnl_success) return status;
  status = espalier_dnnl_append_function(operations, function, alpha, beta);
  return espalier_dnnl_attributes_create(attributes, operations, status);
}

static dnnl_status_t espalier_dnnl_convolution_describe(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, espalier_dnnl_convolution_kind_t kind,
    const espalier_dnnl_convolution_t *c, espalier_dnnl_desc_t *s, espalier_dnnl_desc_t *w, espalier_dnnl_desc_t *b,
    espalier_dnnl_desc_t *d, dnnl_primitive_desc_t hint, dnnl_primitive_attr_t attributes) {
  dnnl_alg_kind_t algorithm = dnnl_convolution_direct;
#if DNNL_VERSION_MAJOR >= 3
  switch (kind) {
  case espalier_dnnl_convolution_forward:
    return dnnl_convolution_forward_primitive_desc_create(description, engine, dnnl_forward_training, algorithm, *s, *w,
        b ? *b : NULL, *d, c->strides, c->dilations, c->before, c->after, attributes);
  case espalier_dnnl_convolution_data_gradient:
    return dnnl_convolution_backward_data_primitive_desc_create(description, engine, algorithm, *s, *w, *d, c->strides,
        c->dilations, c->before, c->after, hint, NULL);
  default:
    return dnnl_convolution_backward_weights_primitive_desc_create(description, engine, algorithm, *s, *w, NULL, *d,
        c->strides, c->dilations, c->before, c->after, hint, NULL);
  }
#else
  dnnl_convolution_desc_t o;
  dnnl_status_t status;
  switch (kind) {
  case espalier_dnnl_convolution_forward:
    status = dnnl_dilated_convolution_forward_desc_init(
        &o, dnnl_forward_training, algorithm, s, w, b, d, c->strides, c->dilations, c->before, c->after);
    break;
  case espalier_dnnl_convolution_data_gradient:
    status = dnnl_dilated_convolution_backward_data_desc_init(
        &o, algorithm, s, w, d, c->strides, c->dilations, c->before, c->after);
    break;
  default:
    status = dnnl_dilated_convolution_backward_weights_desc_init(
        &o, algorithm, s, w, NULL, d, c->strides, c->dilations, c->before, c->after);
  }
  return status == dnnl_success ? dnnl_primitive_desc_create(description, &o, attributes, engine, hint) : status;
#endif
}

dnnl_primitive_t espalier_dnnl_convolution_create(dnnl_engine_t engine,
    espalier_dnnl_convolution_kind_t kind, const espalier_dnnl_convolution_t *c, dnnl_memory_t *weights) {
  espalier_dnnl_desc_t s, w, b, d;
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_primitive_t primitive = NULL;
  dnnl_status_t status;
  *weights = NULL;
  if (espalier_dnnl_desc_create(&s, &c->source) != dnnl_success) return NULL;
  if (espalier_dnnl_desc_create(&d, &c->destination) != dnnl_success) return NULL;
  if (c->has_bias && espalier_dnnl_desc_create(&b, &c->bias) != dnnl_success) return NULL;
#if DNNL_VERSION_MAJOR >= 3
  status = dnnl_memory_desc_create_with_tag(&w, c->weights.rank, c->weights.sizes, dnnl_f32, dnnl_format_tag_any);
#else
  status = dnnl_memory_desc_init_by_tag(&w, c->weights.rank, c->weights.sizes, dnnl_f32, dnnl_format_tag_any);
#endif
  if (status != dnnl_success) return NULL;
  if (kind != espalier_dnnl_convolution_forward)
    status = espalier_dnnl_convolution_describe(
        &hint, engine, espalier_dnnl_convolution_forward, c, &s, &w, NULL, &d, NULL, NULL);
  dnnl_primitive_attr_t attributes = NULL;
  if (status == dnnl_success) status = espalier_dnnl_bounds_create(&attributes, c);
  if (status == dnnl_success)
    status = espalier_dnnl_convolution_describe(
        &description, engine, kind, c, &s, &w, c->has_bias ? &b : NULL, &d, hint, attributes);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  if (status == dnnl_success) status = dnnl_primitive_create(&primitive, description);
  if (status == dnnl_success) {
    dnnl_query_t query =
        kind == espalier_dnnl_convolution_weight_gradient ? dnnl_query_diff_weights_md : dnnl_query_weights_md;
    espalier_dnnl_desc_ref_t chosen = dnnl_primitive_desc_query_md(description, query, 0);
    if (dnnl_memory_create(weights, chosen, engine, DNNL_MEMORY_ALLOCATE) != dnnl_success) *weights = NULL;
  }
  if (!*weights && primitive) {
    dnnl_primitive_destroy(primitive);
    primitive = NULL;
  }
  if (description) dnnl_primitive_desc_destroy(description);
  if (hint) dnnl_primitive_desc_destroy(hint);
  espalier_dnnl_desc_destroy(&s);
  espalier_dnnl_desc_destroy(&w);
  if (c->has_bias) espalier_dnnl_desc_destroy(&b);
  espalier_dnnl_desc_destroy(&d);
  return primitive;
}

static dnnl_status_t espalier_dnnl_pooling_describe(dnnl_primitive_desc_t *description, dnnl_engine_t engine,
    int backward, const espalier_dnnl_pooling_t *p, dnnl_primitive_desc_t hint) {
  espalier_dnnl_desc_t s, d;
  dnnl_status_t status;
  if ((status = espalier_dnnl_desc_create(&s, &p->source)) != dnnl_success) return status;
  if ((status = espalier_dnnl_desc_create(&d, &p->destination)) != dnnl_success) return status;
#if DNNL_VERSION_MAJOR >= 3
  status = backward ? dnnl_pooling_backward_primitive_desc_create(description, engine, p->algorithm, s, d, p->strides,
                          p->kernel, p->dilations, p->before, p->after, hint, NULL)
                    : dnnl_pooling_forward_primitive_desc_create(description, engine, dnnl_forward_training,
                          p->algorithm, s, d, p->strides, p->kernel, p->dilations, p->before, p->after, NULL);
#else
  dnnl_pooling_v2_desc_t o;
  status = backward ? dnnl_pooling_v2_backward_desc_init(
                          &o, p->algorithm, &s, &d, p->strides, p->kernel, p->dilations, p->before, p->after)
                    : dnnl_pooling_v2_forward_desc_init(&o, dnnl_forward_training, p->algorithm, &s, &d, p->strides,
                          p->kernel, p->dilations, p->before, p->after);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(description, &o, NULL, engine, hint);
#endif
  espalier_dnnl_desc_destroy(&s);
  espalier_dnnl_desc_destroy(&d);
  return status;
}

dnnl_primitive_t espalier_dnnl_pooling_create(
    dnnl_engine_t engine, int backward, const espalier_dnnl_pooling_t *p, dnnl_memory_t *workspace) {
  dnnl_primitive_desc_t forward = NULL, description = NULL;
  dnnl_primitive_t primitive = NULL;
  *workspace = NULL;
  dnnl_status_t status = espalier_dnnl_pooling_describe(&forward, engine, 0, p, NULL);
  if (status == dnnl_success && backward)
    status = espalier_dnnl_pooling_describe(&description, engine, 1, p, forward);
  if (status == dnnl_success) status = dnnl_primitive_create(&primitive, backward ? description : forward);
  if (status == dnnl_success && p->algorithm == dnnl_pooling_max) {
    espalier_dnnl_desc_ref_t w = dnnl_primitive_desc_query_md(forward, dnnl_query_workspace_md, 0);
    if (dnnl_memory_create(workspace, w, engine, DNNL_MEMORY_ALLOCATE) != dnnl_success) {
      *workspace = NULL;
      dnnl_primitive_destroy(primitive);
      primitive = NULL;
    }
  }
  if (description) dnnl_primitive_desc_destroy(description);
  if (forward) dnnl_primitive_desc_destroy(forward);
  return status == dnnl_success ? primitive : NULL;
}

static dnnl_status_t espalier_dnnl_normalization_describe(dnnl_primitive_desc_t *description,
    dnnl_engine_t engine, espalier_dnnl_normalization_kind_t kind, const espalier_dnnl_layout_t *layout, float epsilon,
    dnnl_primitive_desc_t hint) {
  unsigned flags = dnnl_use_scale | dnnl_use_shift;
  espalier_dnnl_desc_t d;
  dnnl_status_t status;
  if (kind == espalier_dnnl_normalization_inference) flags |= dnnl_use_global_stats;
  dnnl_prop_kind_t forward =
      kind == espalier_dnnl_normalization_inference ? dnnl_forward_inference : dnnl_forward_training;
  if ((status = espalier_dnnl_desc_create(&d, layout)) != dnnl_success) return status;
#if DNNL_VERSION_MAJOR >= 3
  status = kind == espalier_dnnl_normalization_gradient
      ? dnnl_batch_normalization_backward_primitive_desc_create(
            description, engine, dnnl_backward, d, d, d, epsilon, flags, hint, NULL)
      : dnnl_batch_normalization_forward_primitive_desc_create(
            description, engine, forward, d, d, epsilon, flags, NULL);
#else
  dnnl_batch_normalization_desc_t o;
  status = kind == espalier_dnnl_normalization_gradient
      ? dnnl_batch_normalization_backward_desc_init(&o, dnnl_backward, &d, &d, epsilon, flags)
      : dnnl_batch_normalization_forward_desc_init(&o, forward, &d, epsilon, flags);
  if (status == dnnl_success) status = dnnl_primitive_desc_create(description, &o, NULL, engine, hint);
#endif
  espalier_dnnl_desc_destroy(&d);
  return status;
}

dnnl_primitive_t espalier_dnnl_normalization_create(dnnl_engine_t engine,
    espalier_dnnl_normalization_kind_t kind, const espalier_dnnl_layout_t *layout, float epsilon) {
  dnnl_primitive_desc_t hint = NULL, description = NULL;
  dnnl_primitive_t primitive = NULL;
  dnnl_status_t status = dnnl_success;
  if (kind == espalier_dnnl_normalization_gradient)
    status = espalier_dnnl_normalization_describe(
        &hint, engine, espalier_dnnl_normalization_training, layout, epsilon, NULL);
  if (status == dnnl_success)
    status = espalier_dnnl_normalization_describe(&description, engine, kind, layout, epsilon, hint);
  if (status == dnnl_success && dnnl_primitive_create(&primitive, description) != dnnl_success) primitive = NULL;
  if (description) dnnl_primitive_desc_destroy(description);
  if (hint) dnnl_primitive_desc_destroy(hint);
  return primitive;
}

#endif
