#include <stdlib.h>
#include <string.h>

#include "library.h"

struct cxml2_xml {
  xmlParserCtxtPtr parser;
  size_t fed;
  struct verdict verdict;
  struct bytes events;
};

static cxml2_xml *reader_of(void *context) { return ((xmlParserCtxtPtr)context)->_private; }

static void refuse(cxml2_xml *reader, cxml2_problem problem) {
  verdict_set(&reader->verdict, problem, reader->parser, reader->fed);
  cxml2_api.xmlStopParser(reader->parser);
}

static void add_event(void *context, char kind, const void *text, size_t count) {
  cxml2_xml *reader = reader_of(context);
  if (reader->verdict.problem) return;
  uint32_t length = (uint32_t)count;
  struct bytes *events = &reader->events;
  if (!bytes_append(events, &kind, 1) || !bytes_append(events, &length, sizeof length) ||
      !bytes_append(events, text, count)) {
    refuse(reader, CXML2_NO_MEMORY);
  }
}

static void start_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
    int namespace_count, const xmlChar **namespaces, int attribute_count, int default_count,
    const xmlChar **attributes) {
  (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
  (void)attribute_count, (void)default_count, (void)attributes;
  cxml2_xml *reader = reader_of(context);
  // The element itself is not counted yet.
  if (reader->parser->nameNr >= DEPTH_LIMIT) return refuse(reader, CXML2_TOO_DEEP);
  add_event(context, '<', name, strlen((const char *)name));
}

static void end_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)name, (void)prefix, (void)uri;
  add_event(context, '>', "", 0);
}

static void characters(void *context, const xmlChar *text, int count) {
  add_event(context, '"', text, (size_t)count);
}

// Called before anything that the declaration has in brackets is read.
static void doctype(
    void *context, const xmlChar *name, const xmlChar *id, const xmlChar *url) {
  (void)name, (void)id, (void)url;
  refuse(reader_of(context), CXML2_DOCTYPE);
}

static void note_error(void *context, xmlErrorPtr error) {
  cxml2_xml *reader = reader_of(context);
  if (error->level >= XML_ERR_ERROR) {
    verdict_set_error(&reader->verdict, error, reader->parser, reader->fed);
  }
}

cxml2_xml *cxml2_xml_new(void) {
  cxml2_xml *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  xmlSAXHandler handler = {
      .startElementNs = start_element, .endElementNs = end_element, .characters = characters,
      .ignorableWhitespace = characters, .cdataBlock = characters, .internalSubset = doctype,
      .serror = note_error, .initialized = XML_SAX2_MAGIC,
  };
  xmlParserCtxtPtr parser = cxml2_api.xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
  if (!parser) {
    free(reader);
    return NULL;
  }
  cxml2_api.xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC);
  parser->userData = parser;
  parser->_private = reader;
  reader->parser = parser;
  return reader;
}

void cxml2_xml_free(cxml2_xml *reader) {
  cxml2_api.xmlFreeParserCtxt(reader->parser);
  free(reader->events.start);
  free(reader);
}

cxml2_problem cxml2_xml_feed(cxml2_xml *reader, const uint8_t *bytes, size_t count) {
  if (reader->verdict.problem) return reader->verdict.problem;
  reader->events.count = 0;
  reader->fed += count;
  cxml2_api.xmlParseChunk(reader->parser, (const char *)bytes, (int)count, 0);
  // No tag of a listing is long, and libxml2 compares each attribute of one with each.
  if (backlog(reader->parser) > CXML2_SLICE) {
    bool is_doctype = memcmp(reader->parser->input->cur, "<!D", 3) == 0;
    refuse(reader, is_doctype ? CXML2_DOCTYPE : CXML2_TAG_TOO_LONG);
  }
  return reader->verdict.problem;
}

cxml2_problem cxml2_xml_finish(cxml2_xml *reader) {
  if (reader->verdict.problem) return reader->verdict.problem;
  reader->events.count = 0;
  cxml2_api.xmlParseChunk(reader->parser, "", 0, 1);
  return reader->verdict.problem;
}

const uint8_t *cxml2_xml_events(const cxml2_xml *reader, size_t *count) {
  *count = reader->events.count;
  return reader->events.start;
}

size_t cxml2_xml_position(const cxml2_xml *reader) { return reader->verdict.position; }

const char *cxml2_xml_message(const cxml2_xml *reader, int *code) {
  *code = reader->verdict.code;
  return reader->verdict.message;
}
