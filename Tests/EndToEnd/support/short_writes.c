// Loaded before the C library: each write takes a part of what it is given, and every third one is
// interrupted before it takes anything, as the kernel may do. What was done is counted in a file.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

struct counts { unsigned calls, interrupted, shortened; };
static struct counts none, *counts = &none;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("SHORT_WRITES");
  int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (shared != MAP_FAILED) counts = shared;
  close(file);
}

// How much of `size` the next write takes; 0 if it is interrupted.
static size_t part(size_t size) {
  unsigned call = __atomic_fetch_add(&counts->calls, 1, __ATOMIC_RELAXED);
  if (size < 2) return size;
  if (call % 3 == 0) {
    __atomic_fetch_add(&counts->interrupted, 1, __ATOMIC_RELAXED);
    errno = EINTR;
    return 0;
  }
  __atomic_fetch_add(&counts->shortened, 1, __ATOMIC_RELAXED);
  return 1 + size / 2 - call % 2;
}

ssize_t write(int file, const void *bytes, size_t size) {
  size_t taken = part(size);
  return size && !taken ? -1 : syscall(SYS_write, file, bytes, taken);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
  size_t taken = part(size);
  return size && !taken ? -1 : syscall(SYS_pwrite64, file, bytes, taken, place);
}
