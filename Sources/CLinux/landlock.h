#pragma once
// Landlock, by which a thread gives up rights for good, with the conventions of shim.h.
#include "shim.h"
#include <linux/landlock.h>
#include <sys/prctl.h>

// Since Linux 6.2; the headers of the system may be older.
#define CLINUX_LANDLOCK_TRUNCATE (1ULL << 14)

#define CLINUX_LANDLOCK_FILE_WRITES (LANDLOCK_ACCESS_FS_WRITE_FILE | CLINUX_LANDLOCK_TRUNCATE)

// Everything by which the content of a filesystem changes, as far as the version knows it: a right
// that the kernel does not know makes it refuse all of them.
static inline uint64_t clinux_landlock_known(int version, uint64_t rights) {
  if (version < 2) rights &= ~LANDLOCK_ACCESS_FS_REFER;
  if (version < 3) rights &= ~CLINUX_LANDLOCK_TRUNCATE;
  return rights;
}
static inline uint64_t clinux_landlock_writes(int version) {
  return clinux_landlock_known(
      version, CLINUX_LANDLOCK_FILE_WRITES | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM |
                   LANDLOCK_ACCESS_FS_REFER);
}

// The version of Landlock; an error where the kernel has none.
static inline int clinux_landlock_version(void) {
  return (int)CLINUX_RESULT(
      syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION));
}

// Rules by which nothing may be written.
static inline int clinux_landlock_rules(int version) {
  struct landlock_ruleset_attr all = {.handled_access_fs = clinux_landlock_writes(version)};
  return (int)CLINUX_RESULT(syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0));
}

// Lets a file be written, or all that is below a folder.
static inline int clinux_landlock_allow(int rules, int version, clinux_path path) {
  int file = (int)CLINUX_RESULT(open((const char *)path, O_PATH | O_CLOEXEC));
  if (file < 0) return file;
  struct stat status;
  int result = (int)CLINUX_RESULT(fstat(file, &status));
  if (result == 0) {
    uint64_t rights = S_ISDIR(status.st_mode)
                          ? clinux_landlock_writes(version)
                          : clinux_landlock_known(version, CLINUX_LANDLOCK_FILE_WRITES);
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = file};
    result = (int)CLINUX_RESULT(
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0));
  }
  close(file);
  return result;
}

// Keeps this thread to the rules, and all that it and its children start from now on.
static inline int clinux_landlock_restrict(int rules) {
  int result = (int)CLINUX_RESULT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  if (result < 0) return result;
  return (int)CLINUX_RESULT(syscall(SYS_landlock_restrict_self, rules, 0));
}
