#include <libdeflate.h>

#include "CLoading.h"
#include "methods.h"

#define FUNCTIONS(X)                                                              \
  X(libdeflate_alloc_compressor) X(libdeflate_free_compressor)                    \
  X(libdeflate_deflate_compress) X(libdeflate_deflate_compress_bound)             \
  X(libdeflate_gzip_compress) X(libdeflate_gzip_compress_bound) X(libdeflate_crc32)   \
  X(libdeflate_alloc_decompressor) X(libdeflate_free_decompressor)                \
  X(libdeflate_gzip_decompress_ex)
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
const struct method method_deflate = {load_library, new, bound, run, release, NULL};

static size_t gzip_bound(void *state, size_t count) {
  return api.libdeflate_gzip_compress_bound(state, count);
}
static size_t gzip_run(void *state, const uint8_t *bytes, size_t count, uint8_t *output,
                       size_t capacity) {
  return api.libdeflate_gzip_compress(state, bytes, count, output, capacity);
}
static size_t gzip_expand(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity) {
  struct libdeflate_decompressor *state = api.libdeflate_alloc_decompressor();
  if (!state) return SIZE_MAX;
  size_t used = 0, size = 0;
  enum libdeflate_result result =
      api.libdeflate_gzip_decompress_ex(state, bytes, count, output, capacity, &used, &size);
  api.libdeflate_free_decompressor(state);
  return result == LIBDEFLATE_SUCCESS && used == count ? size : SIZE_MAX;
}
const struct method method_gzip = {load_library, new,     gzip_bound,
                                   gzip_run,     release, gzip_expand};

uint32_t ccompression_crc32(const uint8_t *bytes, size_t count) {
  return api.libdeflate_crc32(0, bytes, count);
}
