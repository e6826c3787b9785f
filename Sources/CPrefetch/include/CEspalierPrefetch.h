// The processor's prefetch instruction, which Swift cannot express. Nothing is computed here.
#pragma once

static inline void espalier_prefetch(const void *address) { __builtin_prefetch(address); }
