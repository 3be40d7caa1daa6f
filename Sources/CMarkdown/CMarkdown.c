#include "CMarkdown.h"

#include <md4c.h>

#include "CLoading.h"

#define FUNCTIONS(X) X(md_parse)
LIBRARY("libmd4c.so.0", NULL)

const char *cmarkdown_load(void) { return load_library(); }
