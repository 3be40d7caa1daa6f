#pragma once
#include <dlfcn.h>
#include <pthread.h>

// Defines `api`, the functions of one library, and `load_library`, which loads it once: `FUNCTIONS`
// lists them.
#define LIBRARY(file)                                                          \
  static struct {                                                              \
    FUNCTIONS(MEMBER)                                                          \
  } api;                                                                       \
  static const char *problem;                                                  \
  static void load(void) {                                                     \
    void *library = dlopen(file, RTLD_NOW | RTLD_GLOBAL);                      \
    if (!library) {                                                            \
      problem = dlerror();                                                     \
      return;                                                                  \
    }                                                                          \
    static const char *const old = file " is too old: a function is missing";  \
    FUNCTIONS(LOOK_UP)                                                         \
  }                                                                            \
  static const char *load_library(void) {                                      \
    static pthread_once_t once = PTHREAD_ONCE_INIT;                            \
    pthread_once(&once, load);                                                 \
    return problem;                                                            \
  }
#define MEMBER(name) __typeof__(&name) name;
#define LOOK_UP(name)                                           \
  if (!(api.name = (__typeof__(&name))dlsym(library, #name))) { \
    problem = old;                                              \
    return;                                                     \
  }
