#pragma once
// Linux calls as IndexTransport wants them: typed, without variadic arguments or macros that
// Swift does not import, with paths as unsigned bytes, and with the kernel's own convention for
// errors, a negative errno. So no Swift code runs between a call and the reading of errno.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// Not <stdlib.h>: with _GNU_SOURCE its fd_set differs from the one of the Glibc module.
extern char *_Nullable realpath(const char *_Nonnull, char *_Nullable);

typedef const uint8_t *_Nonnull clinux_path;

#define CLINUX_RESULT(call) \
  ({ long clinux_value = (call); clinux_value < 0 ? -(long)errno : clinux_value; })

// The text and the name of an errno, without the locale and the static buffer of strerror.
static inline const char *_Nullable clinux_error_text(int code) { return strerrordesc_np(code); }
static inline const char *_Nullable clinux_error_name(int code) { return strerrorname_np(code); }

// The ways of opening, as functions because openat is variadic. O_CLOEXEC throughout: child
// processes inherit nothing.
static inline int clinux_open_folder(int folder, clinux_path path, int follow) {
  int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
  return (int)CLINUX_RESULT(openat(folder, (const char *)path, flags));
}
static inline int clinux_open_input(int folder, clinux_path path, int follow) {
  int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (follow ? 0 : O_NOFOLLOW);
  return (int)CLINUX_RESULT(openat(folder, (const char *)path, flags));
}
// O_EXCL also refuses a symbolic link at the end of the path.
static inline int clinux_create(int folder, clinux_path path, mode_t mode) {
  int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  return (int)CLINUX_RESULT(openat(folder, (const char *)path, flags, mode));
}
static inline int clinux_open_append(int folder, clinux_path path) {
  int flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC;
  return (int)CLINUX_RESULT(openat(folder, (const char *)path, flags));
}
static inline int clinux_open_lock(int folder, clinux_path path) {
  int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
  return (int)CLINUX_RESULT(openat(folder, (const char *)path, flags, 0666));
}
static inline int clinux_open_null(void) {
  // Not O_CLOEXEC: it stands in for a standard stream, which children are meant to inherit.
  return (int)CLINUX_RESULT(open("/dev/null", O_RDWR));
}

// fcntl is variadic.
static inline int clinux_is_open(int file) { return fcntl(file, F_GETFD) >= 0; }

static inline int clinux_close(int file) { return (int)CLINUX_RESULT(close(file)); }
static inline long clinux_read(int file, void *_Nonnull bytes, size_t count) {
  return CLINUX_RESULT(read(file, bytes, count));
}
static inline long clinux_read_at(int file, void *_Nonnull bytes, size_t count, int64_t offset) {
  return CLINUX_RESULT(pread(file, bytes, count, offset));
}
static inline long clinux_write(int file, const void *_Nonnull bytes, size_t count) {
  return CLINUX_RESULT(write(file, bytes, count));
}
static inline long clinux_write_at(int file, const void *_Nonnull bytes, size_t count,
                                   int64_t offset) {
  return CLINUX_RESULT(pwrite(file, bytes, count, offset));
}
static inline int clinux_fsync(int file) { return (int)CLINUX_RESULT(fsync(file)); }
// syncfs needs _GNU_SOURCE.
static inline int clinux_syncfs(int file) { return (int)CLINUX_RESULT(syncfs(file)); }

// Whether the effective user may make and remove files in a folder.
static inline int clinux_may_write(int folder, clinux_path path) {
  return (int)CLINUX_RESULT(faccessat(folder, (const char *)path, W_OK | X_OK, AT_EACCESS));
}

// LOCK_EX | LOCK_NB, which Swift sees as two macros of different types.
static inline int clinux_try_lock(int file) {
  return (int)CLINUX_RESULT(flock(file, LOCK_EX | LOCK_NB));
}

static inline int clinux_unlock(int file) { return (int)CLINUX_RESULT(flock(file, LOCK_UN)); }

static inline int clinux_mkdir(int folder, clinux_path path, mode_t mode) {
  return (int)CLINUX_RESULT(mkdirat(folder, (const char *)path, mode));
}
static inline int clinux_unlink(int folder, clinux_path path) {
  return (int)CLINUX_RESULT(unlinkat(folder, (const char *)path, 0));
}
static inline int clinux_rmdir(int folder, clinux_path path) {
  return (int)CLINUX_RESULT(unlinkat(folder, (const char *)path, AT_REMOVEDIR));
}
static inline int clinux_rename(int from, clinux_path a, int to, clinux_path b) {
  return (int)CLINUX_RESULT(renameat(from, (const char *)a, to, (const char *)b));
}
// renameat2 by its number, with RENAME_EXCHANGE: both names exist before and after, swapped in
// one step.
static inline int clinux_exchange(int folder, clinux_path a, clinux_path b) {
  return (int)CLINUX_RESULT(syscall(SYS_renameat2, folder, a, folder, b, 2u));
}
// Without AT_SYMLINK_FOLLOW: a symbolic link gets a second name, not its target.
static inline int clinux_link(int from, clinux_path a, int to, clinux_path b) {
  return (int)CLINUX_RESULT(linkat(from, (const char *)a, to, (const char *)b, 0));
}
static inline int clinux_symlink(clinux_path target, int folder, clinux_path path) {
  return (int)CLINUX_RESULT(symlinkat((const char *)target, folder, (const char *)path));
}
static inline long clinux_readlink(int folder, clinux_path path, uint8_t *_Nonnull bytes,
                                   size_t count) {
  return CLINUX_RESULT(readlinkat(folder, (const char *)path, (char *)bytes, count));
}
// Writes at most PATH_MAX bytes, the NUL included, and returns the length without it.
static inline long clinux_realpath(clinux_path path, uint8_t *_Nonnull bytes) {
  return realpath((const char *)path, (char *)bytes) ? (long)strlen((char *)bytes) : -(long)errno;
}
static inline int clinux_chdir(int folder) { return (int)CLINUX_RESULT(fchdir(folder)); }

static inline int clinux_chmod(int file, mode_t mode) {
  return (int)CLINUX_RESULT(fchmod(file, mode));
}
static inline int clinux_chown(int file, uid_t owner, gid_t group) {
  return (int)CLINUX_RESULT(fchown(file, owner, group));
}
// The access time is left alone: UTIME_OMIT is a macro that Swift does not import.
static inline int clinux_set_modified(int file, int64_t seconds, int64_t nanoseconds) {
  struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {seconds, nanoseconds}};
  return (int)CLINUX_RESULT(futimens(file, times));
}
// Now, by the clock of the filesystem, which may be another machine's.
static inline int clinux_touch(int file) {
  struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_nsec = UTIME_NOW}};
  return (int)CLINUX_RESULT(futimens(file, times));
}

// The kernel's records of a folder, unparsed: readdir would allocate 32 KiB for each folder and
// keep its position in C.
static inline long clinux_entries(int folder, void *_Nonnull bytes, size_t count) {
  return CLINUX_RESULT(getdents64(folder, bytes, count));
}

// What statx says, flat: its times and device are nested structs that differ by libc.
struct clinux_status {
  uint32_t mode, owner, group, links;
  uint64_t device, inode, size;
  int64_t modified, changed;
  uint32_t modified_nanoseconds, changed_nanoseconds;
  int32_t mount;  // 1 at the root of a mount, 0 elsewhere, -1 when the kernel does not say
};
static inline int clinux_status(int folder, clinux_path path, int follow,
                                struct clinux_status *_Nonnull out) {
  struct statx found;
  int flags = AT_EMPTY_PATH | AT_NO_AUTOMOUNT | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
  int result =
      (int)CLINUX_RESULT(statx(folder, (const char *)path, flags, STATX_BASIC_STATS, &found));
  if (result < 0) return result;
  out->mode = found.stx_mode;
  out->owner = found.stx_uid;
  out->group = found.stx_gid;
  out->links = found.stx_nlink;
  out->device = makedev(found.stx_dev_major, found.stx_dev_minor);
  out->inode = found.stx_ino;
  out->size = found.stx_size;
  out->modified = found.stx_mtime.tv_sec;
  out->modified_nanoseconds = found.stx_mtime.tv_nsec;
  out->changed = found.stx_ctime.tv_sec;
  out->changed_nanoseconds = found.stx_ctime.tv_nsec;
  const uint64_t mount_root = 0x2000;  // STATX_ATTR_MOUNT_ROOT, absent from older headers
  out->mount = found.stx_attributes_mask & mount_root
                   ? (found.stx_attributes & mount_root) != 0 : -1;
  return 0;
}
