#pragma once
#include <cblas.h>
// lapacke.h also declares functions of C's complex numbers, which Swift cannot import; any pair of numbers serves here.
typedef struct { float real, imaginary; } espalier_complex_float;
typedef struct { double real, imaginary; } espalier_complex_double;
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float espalier_complex_float
#define lapack_complex_double espalier_complex_double
#include <lapacke.h>
