#include "library.h"

#include "CLoading.h"

#include <stdlib.h>
#include <string.h>

struct cxml2_api cxml2_api;
static const char *version = "unknown";

static const char *prepare(void *library);
LIBRARY("libxml2.so.2", prepare)

static xmlParserInputPtr refuse_entity(const char *url, const char *id, xmlParserCtxtPtr parser) {
  (void)url, (void)id, (void)parser;
  return NULL;
}

static const char *prepare(void *library) {
#define SHARE(name) cxml2_api.name = api.name;
  FUNCTIONS(SHARE)
  const char *const *said = (const char *const *)dlsym(library, "xmlParserVersion");
  if (said) version = *said;
  api.xmlInitParser();
  api.xmlSetExternalEntityLoader(refuse_entity);
  return NULL;
}

const char *cxml2_load(void) { return load_library(); }

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
