#include "CArchive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "CLoading.h"

#define FUNCTIONS(X)                                                                           \
  X(archive_read_new) X(archive_read_free) X(archive_read_open_memory) X(archive_read_open_fd) \
  X(archive_read_next_header) X(archive_read_data) X(archive_error_string)                     \
  X(archive_filter_bytes) X(archive_read_support_filter_gzip)                                  \
  X(archive_read_support_filter_bzip2) X(archive_read_support_filter_xz)                       \
  X(archive_read_support_filter_lzma) X(archive_read_support_filter_zstd)                      \
  X(archive_read_support_filter_compress) X(archive_read_support_format_tar)                   \
  X(archive_read_support_format_zip_streamable) X(archive_entry_pathname_utf8)                 \
  X(archive_entry_pathname) X(archive_entry_filetype) X(archive_entry_size)                    \
  X(archive_entry_hardlink) X(archive_read_header_position) X(archive_format)

LIBRARY("libarchive.so.13", NULL)

const char *carchive_load(void) { return load_library(); }

struct carchive {
  struct archive *reader;
  struct archive_entry *entry;
};

static carchive *new(void) {
  carchive *archive = malloc(sizeof *archive);
  if (!archive) return NULL;
  *archive = (carchive){api.archive_read_new(), NULL};
  if (archive->reader) return archive;
  free(archive);
  return NULL;
}
carchive *carchive_new_tar(void) {
  carchive *archive = new();
  if (!archive) return NULL;
  // One by one: "all" would bring those that start programs.
  api.archive_read_support_filter_gzip(archive->reader);
  api.archive_read_support_filter_bzip2(archive->reader);
  api.archive_read_support_filter_xz(archive->reader);
  api.archive_read_support_filter_lzma(archive->reader);
  api.archive_read_support_filter_zstd(archive->reader);
  api.archive_read_support_filter_compress(archive->reader);
  api.archive_read_support_format_tar(archive->reader);
  return archive;
}
carchive *carchive_new_zip(void) {
  carchive *archive = new();
  if (archive) api.archive_read_support_format_zip_streamable(archive->reader);
  return archive;
}
carchive *carchive_new_any(void) {
  carchive *archive = carchive_new_tar();
  if (archive) api.archive_read_support_format_zip_streamable(archive->reader);
  return archive;
}
int carchive_open_memory(carchive *archive, const uint8_t *bytes, size_t count) {
  return api.archive_read_open_memory(archive->reader, bytes, count) == ARCHIVE_OK;
}
int carchive_open_file(carchive *archive, int file) {
  return api.archive_read_open_fd(archive->reader, file, 1 << 16) == ARCHIVE_OK;
}
void carchive_free(carchive *archive) {
  api.archive_read_free(archive->reader);
  free(archive);
}

int carchive_next(carchive *archive) {
  int result = api.archive_read_next_header(archive->reader, &archive->entry);
  // A warning is about what nobody here asks for, such as the spelling of a path.
  return result == ARCHIVE_OK || result == ARCHIVE_WARN ? 1 : result == ARCHIVE_EOF ? 0 : -1;
}
const char *carchive_path(carchive *archive) {
  const char *path = api.archive_entry_pathname(archive->entry);
  return path ? path : api.archive_entry_pathname_utf8(archive->entry);
}
int carchive_is_file(carchive *archive) {
  return api.archive_entry_filetype(archive->entry) == AE_IFREG &&
         !api.archive_entry_hardlink(archive->entry);
}
int64_t carchive_size(carchive *archive) { return api.archive_entry_size(archive->entry); }
long carchive_read(carchive *archive, uint8_t *bytes, size_t count) {
  long result = api.archive_read_data(archive->reader, bytes, count);
  return result < 0 ? -1 : result;
}
int64_t carchive_decompressed(carchive *archive) {
  return api.archive_filter_bytes(archive->reader, 0);
}
int carchive_ends(carchive *archive) {
  return api.archive_filter_bytes(archive->reader, 0) >
         api.archive_read_header_position(archive->reader);
}
int carchive_is_zip(carchive *archive) {
  return (api.archive_format(archive->reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
}
const char *carchive_problem(carchive *archive) {
  return api.archive_error_string(archive->reader);
}
