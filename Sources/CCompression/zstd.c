#include <zstd.h>

#include "CLoading.h"
#include "methods.h"

#define FUNCTIONS(X)                                                                    \
  X(ZSTD_createCCtx) X(ZSTD_freeCCtx) X(ZSTD_CCtx_setParameter) X(ZSTD_compressBound) \
  X(ZSTD_compress2) X(ZSTD_isError) X(ZSTD_decompress)
LIBRARY("libzstd.so.1", NULL)

static void release(void *state) { api.ZSTD_freeCCtx(state); }

static void *new(int level) {
  ZSTD_CCtx *state = api.ZSTD_createCCtx();
  if (!state) return NULL;
  size_t first = api.ZSTD_CCtx_setParameter(state, ZSTD_c_compressionLevel, level);
  size_t second = api.ZSTD_CCtx_setParameter(state, ZSTD_c_checksumFlag, 1);
  if (!api.ZSTD_isError(first) && !api.ZSTD_isError(second)) return state;
  release(state);
  return NULL;
}
static size_t bound(void *state, size_t count) { return api.ZSTD_compressBound(count); }
static size_t run(void *state, const uint8_t *bytes, size_t count, uint8_t *output,
                  size_t capacity) {
  size_t result = api.ZSTD_compress2(state, output, capacity, bytes, count);
  return api.ZSTD_isError(result) ? 0 : result;
}
static size_t expand(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity) {
  size_t result = api.ZSTD_decompress(output, capacity, bytes, count);
  return api.ZSTD_isError(result) ? SIZE_MAX : result;
}
const struct method method_zstd = {load_library, new, bound, run, release, expand};
