#include <stdlib.h>

#include "methods.h"

static const struct method *const methods[] = {
    [CCOMPRESSION_DEFLATE] = &method_deflate,
    [CCOMPRESSION_GZIP] = &method_gzip,
    [CCOMPRESSION_ZSTD] = &method_zstd,
    [CCOMPRESSION_XZ] = &method_xz,
};

struct ccompression {
  const struct method *method;
  void *state;
};

const char *ccompression_load(enum ccompression_method method) { return methods[method]->load(); }

ccompression *ccompression_new(enum ccompression_method method, int level) {
  ccompression *compressor = malloc(sizeof *compressor);
  if (!compressor) return NULL;
  *compressor = (ccompression){methods[method], methods[method]->new(level)};
  if (compressor->state) return compressor;
  free(compressor);
  return NULL;
}
size_t ccompression_bound(ccompression *compressor, size_t count) {
  return compressor->method->bound(compressor->state, count);
}
size_t ccompression_run(ccompression *compressor, const uint8_t *bytes, size_t count,
                        uint8_t *output, size_t capacity) {
  return compressor->method->run(compressor->state, bytes, count, output, capacity);
}
size_t ccompression_expand(enum ccompression_method method, const uint8_t *bytes, size_t count,
                           uint8_t *output, size_t capacity) {
  return methods[method]->expand ? methods[method]->expand(bytes, count, output, capacity) : SIZE_MAX;
}
void ccompression_free(ccompression *compressor) {
  compressor->method->free(compressor->state);
  free(compressor);
}
