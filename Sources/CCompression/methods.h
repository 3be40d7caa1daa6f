#pragma once
#include "CCompression.h"

// What one library does; `state` is its own compressor.
struct method {
  const char *(*load)(void);
  void *(*new)(int level);
  size_t (*bound)(void *state, size_t count);
  size_t (*run)(void *state, const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity);
  void (*free)(void *state);
  // The bytes that `count` bytes were before; SIZE_MAX if they are no whole piece. NULL if not needed.
  size_t (*expand)(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity);
};

extern const struct method method_deflate, method_gzip, method_zstd, method_xz;
