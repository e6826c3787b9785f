// A C target needs a C file; the functions are in the header, so that they are inlined.
#include "CEspalierPrefetch.h"
