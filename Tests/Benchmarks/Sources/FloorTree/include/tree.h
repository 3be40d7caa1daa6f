// A tree of folders and files in memory.
#pragma once
#include <stddef.h>

struct entry {
  char *path;     // relative to the folder at the top that `top` names
  int top;        // the index in `tops`, or -1 for what is directly in the root
  int is_folder;
  int may_cut;    // whether a chunk may begin here: a project's folder, or a page beside them
  size_t offset;  // of a file's bytes in `content`
  size_t size;
};

struct tree {
  struct entry *entries;  // every folder before what is in it
  size_t count;
  size_t capacity;
  char **tops;  // the folders of the root, which hold projects
  int top_count;
  char *content;  // the bytes of all files
  size_t size;
  size_t file_count;
};

// Reads the tree below `root`; ends the process when that fails.
struct tree read_tree(const char *root);

// Prints what failed and why, and ends the process.
_Noreturn void fail(const char *what);
