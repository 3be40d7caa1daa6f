#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct cxml2_api cxml2_api;
static const char *problem;
static const char *version = "unknown";
static pthread_once_t once = PTHREAD_ONCE_INIT;

static xmlParserInputPtr refuse_entity(const char *url, const char *id, xmlParserCtxtPtr parser) {
  (void)url, (void)id, (void)parser;
  return NULL;
}

static void load(void) {
  void *library = dlopen("libxml2.so.2", RTLD_NOW | RTLD_GLOBAL);
  if (!library) {
    problem = dlerror();
    return;
  }
#define X(name)                                                       \
  if (!(cxml2_api.name = (__typeof__(&name))dlsym(library, #name))) { \
    problem = "libxml2.so.2 is too old: it has no " #name;            \
    return;                                                           \
  }
  FUNCTIONS(X)
#undef X
  const char *const *said = (const char *const *)dlsym(library, "xmlParserVersion");
  if (said) version = *said;
  cxml2_api.xmlInitParser();
  cxml2_api.xmlSetExternalEntityLoader(refuse_entity);
}

const char *cxml2_load(void) {
  pthread_once(&once, load);
  return problem;
}

const char *cxml2_version(void) { return version; }

bool bytes_append(struct bytes *bytes, const void *more, size_t count) {
  if (bytes->count + count > bytes->capacity) {
    size_t capacity = 2 * (bytes->count + count) + 1024;
    uint8_t *grown = realloc(bytes->start, capacity);
    if (!grown) return false;
    bytes->start = grown;
    bytes->capacity = capacity;
  }
  memcpy(bytes->start + bytes->count, more, count);
  bytes->count += count;
  return true;
}

void verdict_set(
    struct verdict *verdict, cxml2_problem problem, const xmlParserCtxt *parser, size_t fed) {
  if (verdict->problem) return;
  size_t held = backlog(parser);
  verdict->problem = problem;
  verdict->position = held < fed ? fed - held : 0;
}

void verdict_set_error(
    struct verdict *verdict, const xmlError *error, const xmlParserCtxt *parser, size_t fed) {
  if (verdict->problem) return;
  verdict_set(verdict, CXML2_SYNTAX, parser, fed);
  verdict->code = error->code;
  const char *text = error->message ? error->message : "unknown error";
  size_t length = strcspn(text, "\r\n");
  if (length >= sizeof verdict->message) length = sizeof verdict->message - 1;
  memcpy(verdict->message, text, length);
}
