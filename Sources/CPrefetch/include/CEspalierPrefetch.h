// The processor's instruction to bring memory into its caches, which Swift has no word for. Nothing is computed here.
#pragma once

static inline void espalier_prefetch(const void *address) { __builtin_prefetch(address); }
