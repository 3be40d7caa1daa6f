#include <lzma.h>
#include <stdlib.h>

#include "CLoading.h"
#include "methods.h"

#define FUNCTIONS(X) \
  X(lzma_lzma_preset) X(lzma_stream_buffer_bound) X(lzma_stream_buffer_encode)
LIBRARY("liblzma.so.5", NULL)

static void *new(int level) {
  lzma_options_lzma *options = malloc(sizeof *options);
  if (!options) return NULL;
  if (!api.lzma_lzma_preset(options, (uint32_t)level)) return options;
  free(options);
  return NULL;
}
static size_t bound(void *state, size_t count) { return api.lzma_stream_buffer_bound(count); }
static size_t run(void *state, const uint8_t *bytes, size_t count, uint8_t *output,
                  size_t capacity) {
  lzma_options_lzma options = *(lzma_options_lzma *)state;
  // Nothing is further away than the first byte: more would cost whoever unpacks it memory.
  if (options.dict_size > count) {
    options.dict_size = count < LZMA_DICT_SIZE_MIN ? LZMA_DICT_SIZE_MIN : (uint32_t)count;
  }
  lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, NULL}};
  size_t end = 0;
  lzma_ret result = api.lzma_stream_buffer_encode(filters, LZMA_CHECK_CRC64, NULL, bytes, count,
                                                  output, &end, capacity);
  return result == LZMA_OK ? end : 0;
}
const struct method method_xz = {load_library, new, bound, run, free, NULL};
