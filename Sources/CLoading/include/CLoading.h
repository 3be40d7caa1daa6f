#pragma once
// Libraries of the system that are loaded when they are first needed: most runs need none, and start
// faster without.
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

// Defines `api`, the functions of one library, and `load_library`, which loads it once and says what
// is wrong, if something is. `FUNCTIONS(X)` lists the functions as X(name); `prepare` is called with
// the library when it has just been loaded, and says what is wrong too.
#define LIBRARY(file, prepare)                                                \
  static struct {                                                             \
    FUNCTIONS(CLOADING_MEMBER)                                                \
  } api;                                                                      \
  static const char *problem;                                                 \
  static const char *find(void *library, const char *(*ready)(void *)) {      \
    static const char *const old = file " is too old: a function is missing"; \
    FUNCTIONS(CLOADING_FIND)                                                  \
    return ready ? ready(library) : NULL;                                     \
  }                                                                           \
  static void load(void) {                                                    \
    void *library = dlopen(file, RTLD_NOW | RTLD_GLOBAL);                     \
    problem = library ? find(library, prepare) : dlerror();                   \
  }                                                                           \
  static const char *load_library(void) {                                     \
    static pthread_once_t once = PTHREAD_ONCE_INIT;                           \
    pthread_once(&once, load);                                                \
    return problem;                                                           \
  }
#define CLOADING_MEMBER(name) __typeof__(&name) name;
#define CLOADING_FIND(name) \
  if (!(api.name = (__typeof__(&name))dlsym(library, #name))) return old;
