#pragma once
// The compressors of archives: libdeflate, libzstd and liblzma, each loaded when it is first needed.
#include <stddef.h>
#include <stdint.h>

enum ccompression_method {
  CCOMPRESSION_DEFLATE,  // libdeflate, without a wrapping
  CCOMPRESSION_GZIP,     // libdeflate
  CCOMPRESSION_ZSTD,     // libzstd, frames with a checksum
  CCOMPRESSION_XZ,       // liblzma, streams with a CRC64
};

// Loads the library of a method once. NULL if it is there, else what the loader says.
const char *_Nullable ccompression_load(enum ccompression_method method);

typedef struct ccompression ccompression;

// Makes a compressor that one thread at a time may use; NULL without memory or for a level that the
// method does not have.
ccompression *_Nullable ccompression_new(enum ccompression_method method, int level);
// The most bytes that `count` bytes can become.
size_t ccompression_bound(ccompression *_Nonnull compressor, size_t count);
// Compresses bytes as a whole; 0 if it fails. The result depends on nothing but the bytes, the
// method, the level and the version of the library.
size_t ccompression_run(ccompression *_Nonnull compressor, const uint8_t *_Nonnull bytes,
                        size_t count, uint8_t *_Nonnull output, size_t capacity);
void ccompression_free(ccompression *_Nonnull compressor);

// Puts back what one member of gzip or frames of zstd were, after ccompression_load. Their size;
// SIZE_MAX if they are damaged, do not fit, or are followed by something else.
size_t ccompression_expand(enum ccompression_method method, const uint8_t *_Nonnull bytes,
                           size_t count, uint8_t *_Nonnull output, size_t capacity);

// The CRC-32 of zip archives, after ccompression_load(CCOMPRESSION_DEFLATE).
uint32_t ccompression_crc32(const uint8_t *_Nonnull bytes, size_t count);
