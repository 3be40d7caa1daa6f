#pragma once
// Linux calls that the Glibc module does not import: they need _GNU_SOURCE, are variadic,
// or take a flag that is only a macro.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// renameat2 with RENAME_EXCHANGE: both names exist before and after, swapped in one step.
static inline int clinux_exchange(int directory, const char *_Nonnull a, const char *_Nonnull b) {
  return (int)syscall(SYS_renameat2, directory, a, directory, b, 2u);
}

// openat is variadic, which Swift does not import.
static inline int clinux_openat(int directory, const char *_Nonnull path, int flags, mode_t mode) {
  return openat(directory, path, flags, mode);
}

static inline int clinux_syncfs(int file) { return syncfs(file); }
