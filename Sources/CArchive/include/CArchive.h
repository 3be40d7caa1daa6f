#pragma once
// libarchive's reader, loaded when it is first needed. Nothing is ever written to a disk.
#include <stddef.h>
#include <stdint.h>

// Loads the library once. NULL if it is there, else what the loader says.
const char *_Nullable carchive_load(void);

typedef struct carchive carchive;

// Begins to read an archive; NULL without memory. Tar archives may be compressed in any of the ways
// of source distributions; a zip archive is read from its local headers on; "any" is one of both.
carchive *_Nullable carchive_new_tar(void);
carchive *_Nullable carchive_new_zip(void);
carchive *_Nullable carchive_new_any(void);
// The bytes must stay where they are until the archive is freed. Return whether it worked.
int carchive_open_memory(carchive *_Nonnull archive, const uint8_t *_Nonnull bytes, size_t count);
int carchive_open_file(carchive *_Nonnull archive, int file);
void carchive_free(carchive *_Nonnull archive);

// Goes to the next entry: 1 if there is one, 0 at the end, -1 on an error.
int carchive_next(carchive *_Nonnull archive);
// The path of the entry, NULL if it has none that can be told.
const char *_Nullable carchive_path(carchive *_Nonnull archive);
// Whether the entry is a regular file with content of its own, not a second name of another one.
int carchive_is_file(carchive *_Nonnull archive);
int64_t carchive_size(carchive *_Nonnull archive);
// Reads content of the entry: how many bytes, 0 at its end, -1 on an error.
long carchive_read(carchive *_Nonnull archive, uint8_t *_Nonnull bytes, size_t count);
// The bytes of the archive that were decompressed so far.
int64_t carchive_decompressed(carchive *_Nonnull archive);
// Whether a tar archive says that it ends here, after carchive_next() found the end: one that was cut
// off between two entries does not.
int carchive_ends(carchive *_Nonnull archive);
int carchive_is_zip(carchive *_Nonnull archive);
// What went wrong last.
const char *_Nullable carchive_problem(carchive *_Nonnull archive);
