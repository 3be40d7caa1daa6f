#define _GNU_SOURCE
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void fail(const char *what) {
  fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void *checked(void *memory) {
  if (memory == NULL) fail("memory");
  return memory;
}

static void add_entry(struct tree *tree, struct entry entry) {
  if (tree->count == tree->capacity) {
    tree->capacity = tree->capacity ? tree->capacity * 2 : 1 << 16;
    size_t size = tree->capacity * sizeof(struct entry);
    tree->entries = checked(realloc(tree->entries, size));
  }
  tree->entries[tree->count++] = entry;
}

static int is_child(const struct dirent *item) {
  return strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

// Adds what is in a folder. `path` is relative to its top; `depth` is 0 in the root.
static void walk(struct tree *tree, int folder, const char *path, int top, int depth) {
  struct dirent **items;
  int count = scandirat(folder, ".", &items, is_child, by_bytes);
  if (count < 0) fail(path);
  for (int index = 0; index < count; index++) {
    const char *name = items[index]->d_name;
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0) fail(name);
    struct entry entry = {.top = top, .is_folder = S_ISDIR(status.st_mode), .may_cut = depth < 2};
    if (asprintf(&entry.path, "%s%s%s", path, *path ? "/" : "", name) < 0) fail("memory");
    if (!entry.is_folder) {
      entry.size = (size_t)status.st_size;
      entry.offset = tree->size;
      tree->size += entry.size;
      tree->file_count++;
      add_entry(tree, entry);
    } else {
      int child = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (child < 0) fail(name);
      if (depth == 0) {
        int number = tree->top_count++;
        size_t size = (size_t)tree->top_count * sizeof(char *);
        tree->tops = checked(realloc(tree->tops, size));
        tree->tops[number] = entry.path;
        walk(tree, child, "", number, 1);
      } else {
        add_entry(tree, entry);
        walk(tree, child, entry.path, top, depth + 1);
      }
      close(child);
    }
    free(items[index]);
  }
  free(items);
}

static void read_file(int folder, struct tree *tree, const struct entry *entry) {
  int file = openat(folder, entry->path, O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(entry->path);
  for (size_t done = 0; done < entry->size;) {
    ssize_t got = read(file, tree->content + entry->offset + done, entry->size - done);
    if (got <= 0) fail(entry->path);
    done += (size_t)got;
  }
  close(file);
}

struct tree read_tree(const char *root) {
  struct tree tree = {0};
  int folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail(root);
  walk(&tree, folder, "", -1, 0);
  tree.content = checked(malloc(tree.size + 1));
  int tops[tree.top_count + 1];
  for (int top = 0; top < tree.top_count; top++) {
    tops[top] = openat(folder, tree.tops[top], O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (tops[top] < 0) fail(tree.tops[top]);
  }
  for (size_t index = 0; index < tree.count; index++) {
    const struct entry *entry = &tree.entries[index];
    if (!entry->is_folder) read_file(entry->top < 0 ? folder : tops[entry->top], &tree, entry);
  }
  for (int top = 0; top < tree.top_count; top++) close(tops[top]);
  close(folder);
  return tree;
}
