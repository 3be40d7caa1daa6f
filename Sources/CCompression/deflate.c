#include <libdeflate.h>

#include "CLoading.h"
#include "methods.h"

#define FUNCTIONS(X)                                                              \
  X(libdeflate_alloc_compressor) X(libdeflate_free_compressor)                    \
  X(libdeflate_deflate_compress) X(libdeflate_deflate_compress_bound)             \
  X(libdeflate_gzip_compress) X(libdeflate_gzip_compress_bound) X(libdeflate_crc32)
LIBRARY("libdeflate.so.0", NULL)

static void *new(int level) { return api.libdeflate_alloc_compressor(level); }
static void release(void *state) { api.libdeflate_free_compressor(state); }

static size_t bound(void *state, size_t count) {
  return api.libdeflate_deflate_compress_bound(state, count);
}
static size_t run(void *state, const uint8_t *bytes, size_t count, uint8_t *output,
                  size_t capacity) {
  return api.libdeflate_deflate_compress(state, bytes, count, output, capacity);
}
const struct method method_deflate = {load_library, new, bound, run, release};

static size_t gzip_bound(void *state, size_t count) {
  return api.libdeflate_gzip_compress_bound(state, count);
}
static size_t gzip_run(void *state, const uint8_t *bytes, size_t count, uint8_t *output,
                       size_t capacity) {
  return api.libdeflate_gzip_compress(state, bytes, count, output, capacity);
}
const struct method method_gzip = {load_library, new, gzip_bound, gzip_run, release};

uint32_t ccompression_crc32(const uint8_t *bytes, size_t count) {
  return api.libdeflate_crc32(0, bytes, count);
}
