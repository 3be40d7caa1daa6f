#pragma once
// libmd4c, which reads Markdown, loaded when it is first needed.
#include <stddef.h>
#include <stdint.h>

// Loads libmd4c once. NULL if it is there, else what the loader says.
const char *_Nullable cmarkdown_load(void);
