// A target of C needs a file of C; the header says it all, so that callers get the instruction and not a call.
#include "CEspalierPrefetch.h"
