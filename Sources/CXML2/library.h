#pragma once
// What the parts of this target share: the loaded functions, and memory that grows.
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdbool.h>

#include "CXML2.h"

#define FUNCTIONS(X)                                                                            \
  X(xmlInitParser) X(xmlSetExternalEntityLoader) X(xmlStopParser)                               \
  X(htmlCreatePushParserCtxt) X(htmlCtxtUseOptions) X(htmlParseChunk) X(htmlFreeParserCtxt)     \
  X(xmlCreatePushParserCtxt) X(xmlCtxtUseOptions) X(xmlParseChunk) X(xmlFreeParserCtxt)

struct cxml2_api {
#define X(name) __typeof__(&name) name;
  FUNCTIONS(X)
#undef X
};
extern struct cxml2_api cxml2_api;

enum {
  DEPTH_LIMIT = 200,
  // libxml2 compares each attribute of a tag with each: 500 cost what 4 KiB of the shortest do.
  ATTRIBUTE_LIMIT = 500,
  TAG_LIMIT = 64 << 10,
  TEXT_LIMIT = 1 << 20,
};

struct bytes {
  uint8_t *start;
  size_t count, capacity;
};

// Whether there was memory.
bool bytes_append(struct bytes *bytes, const void *more, size_t count);

// The first thing that went wrong, and where.
struct verdict {
  cxml2_problem problem;
  int code;
  size_t position;
  char message[256];
};

// How many bytes libxml2 holds back since they are not a whole token yet.
static inline size_t backlog(const xmlParserCtxt *parser) {
  const xmlParserInput *input = parser->input;
  return input ? (size_t)(input->end - input->cur) : 0;
}

void verdict_set(
    struct verdict *verdict, cxml2_problem problem, const xmlParserCtxt *parser, size_t fed);
void verdict_set_error(
    struct verdict *verdict, const xmlError *error, const xmlParserCtxt *parser, size_t fed);
