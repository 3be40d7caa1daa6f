// Writes a tree as fast as the kernel allows: the floor below every program that builds it.
//
//     FloorWriter [--threads N] [--null] SOURCE TARGET
//
// SOURCE is read into memory first, which is not timed. TARGET must not exist. With --null all is
// done but the calls that write. What was measured is printed as one line of JSON.
#define _GNU_SOURCE
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { files_per_chunk = 256, most_threads = 64 };

struct work {
  const struct tree *tree;
  size_t *chunks;  // where each chunk begins, and the end of the last
  size_t chunk_count;
  atomic_size_t next;
  int root;
  int *tops;
  int is_null;
  atomic_size_t written;  // with --null something must depend on the loop
};

static double seconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void cut_into_chunks(struct work *work) {
  const struct tree *tree = work->tree;
  work->chunks = calloc(tree->file_count / files_per_chunk + 3, sizeof(size_t));
  if (work->chunks == NULL) fail("memory");
  size_t files = 0;
  for (size_t index = 0; index < tree->count; index++) {
    if (files >= files_per_chunk && tree->entries[index].may_cut) {
      work->chunks[++work->chunk_count] = index;
      files = 0;
    }
    files += !tree->entries[index].is_folder;
  }
  work->chunks[++work->chunk_count] = tree->count;
}

static void write_file(int folder, const struct entry *entry, const char *bytes) {
  int file = openat(folder, entry->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) fail(entry->path);
  for (size_t done = 0; done < entry->size;) {
    ssize_t put = write(file, bytes + done, entry->size - done);
    if (put < 0) fail(entry->path);
    done += (size_t)put;
  }
  if (close(file) < 0) fail(entry->path);
}

static void *write_chunks(void *argument) {
  struct work *work = argument;
  const struct tree *tree = work->tree;
  size_t written = 0;
  size_t chunk;
  while ((chunk = atomic_fetch_add(&work->next, 1)) < work->chunk_count) {
    for (size_t index = work->chunks[chunk]; index < work->chunks[chunk + 1]; index++) {
      const struct entry *entry = &tree->entries[index];
      int folder = entry->top < 0 ? work->root : work->tops[entry->top];
      written += entry->size;
      if (work->is_null) continue;
      if (entry->is_folder) {
        if (mkdirat(folder, entry->path, 0777) < 0) fail(entry->path);
      } else {
        write_file(folder, entry, tree->content + entry->offset);
      }
    }
  }
  atomic_fetch_add(&work->written, written);
  return NULL;
}

static void write_tree(struct work *work, const char *target, int thread_count) {
  const struct tree *tree = work->tree;
  int tops[tree->top_count + 1];
  work->tops = tops;
  if (!work->is_null) {
    if (mkdir(target, 0777) < 0) fail(target);
    work->root = open(target, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (work->root < 0) fail(target);
    for (int top = 0; top < tree->top_count; top++) {
      if (mkdirat(work->root, tree->tops[top], 0777) < 0) fail(tree->tops[top]);
      tops[top] = openat(work->root, tree->tops[top], O_PATH | O_DIRECTORY | O_CLOEXEC);
      if (tops[top] < 0) fail(tree->tops[top]);
    }
  }
  pthread_t threads[most_threads];
  for (int thread = 1; thread < thread_count; thread++) {
    errno = pthread_create(&threads[thread], NULL, write_chunks, work);
    if (errno != 0) fail("thread");
  }
  write_chunks(work);
  for (int thread = 1; thread < thread_count; thread++) pthread_join(threads[thread], NULL);
}

int main(int count, char **arguments) {
  int thread_count = 2;
  int first = 1;
  struct work work = {0};
  while (first < count && strncmp(arguments[first], "--", 2) == 0) {
    if (strcmp(arguments[first], "--null") == 0) {
      work.is_null = 1;
      first += 1;
    } else if (strcmp(arguments[first], "--threads") == 0 && first + 1 < count) {
      thread_count = atoi(arguments[first + 1]);
      first += 2;
    } else {
      first = count;
    }
  }
  if (count - first != 2 || thread_count < 1 || thread_count > most_threads) {
    fprintf(stderr, "usage: %s [--threads N] [--null] SOURCE TARGET\n", arguments[0]);
    return 2;
  }
  struct tree tree = read_tree(arguments[first]);
  work.tree = &tree;
  cut_into_chunks(&work);

  double wall = seconds(CLOCK_MONOTONIC);
  double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  write_tree(&work, arguments[first + 1], thread_count);
  wall = seconds(CLOCK_MONOTONIC) - wall;
  cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;

  printf(
      "{\"wall_ms\": %.3f, \"cpu_ms\": %.3f, \"files\": %zu, \"folders\": %zu, \"bytes\": %zu}\n",
      wall * 1000, cpu * 1000, tree.file_count,
      tree.count - tree.file_count + (size_t)tree.top_count, atomic_load(&work.written));
  return 0;
}
