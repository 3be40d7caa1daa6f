#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "page.h"

static cxml2_html *reader_of(void *context) { return ((htmlParserCtxtPtr)context)->_private; }

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
  cxml2_html *reader = reader_of(context);
  if (reader->verdict.problem) return;
  if (reader->parser->nameNr > DEPTH_LIMIT) return page_refuse(reader, CXML2_TOO_DEEP);
  page_start(reader, (const char *)name, (const char **)attributes);
}

static void end_element(void *context, const xmlChar *name) {
  cxml2_html *reader = reader_of(context);
  if (!reader->verdict.problem) page_end(reader, (const char *)name);
}

static void characters(void *context, const xmlChar *text, int count) {
  cxml2_html *reader = reader_of(context);
  if (!reader->verdict.problem) page_text(reader, text, (size_t)count);
}

static void code(void *context, const xmlChar *text, int count) {
  (void)context, (void)text, (void)count;
}

// Browsers end a comment also at <!-->, <!---> and --!>; links may be lost after those.
static void comment(void *context, const xmlChar *text) {
  const char *said = (const char *)text;
  int is_early = said[0] == '>' || (said[0] == '-' && said[1] == '>');
  if (is_early || strstr(said, "--!>")) page_refuse(reader_of(context), CXML2_BAD_COMMENT);
}

// What is no attribute is left out up to the next space: browsers see a link in <a/href=x>.
static bool drops_href(const cxml2_html *reader) {
  const xmlParserInput *input = reader->parser->input;
  for (const xmlChar *text = input->cur; text + 4 <= input->end && *text > ' ' && *text != '>';
       text++) {
    if (strncasecmp((const char *)text, "href", 4) == 0) return true;
  }
  return false;
}

// Tag soup is everyday; these mean that libxml2 left out what may have been links.
static void note_error(void *context, xmlErrorPtr error) {
  cxml2_html *reader = reader_of(context);
  switch (error->code) {
    case XML_ERR_INTERNAL_ERROR: case XML_ERR_NO_MEMORY: case XML_ERR_DOCUMENT_EMPTY:
    case XML_ERR_COMMENT_NOT_FINISHED: case XML_ERR_PI_NOT_FINISHED:
    case XML_ERR_INVALID_ENCODING: case XML_ERR_UNSUPPORTED_ENCODING:
      break;
    case XML_ERR_DOCTYPE_NOT_FINISHED:
      return page_refuse(reader, CXML2_DOCTYPE);
    case XML_ERR_INVALID_CHAR:
      // A reference to no character ends the value that it stands in; in text, one is left out.
      if (!error->message || !strstr(error->message, "CharRef")) return;
      break;
    case XML_ERR_GT_REQUIRED:
      // The tag was cut, maybe within a link: a quote too many misled libxml2 about its end.
      if (!error->message || !strstr(error->message, "Start Tag")) return;
      break;
    case XML_ERR_NAME_REQUIRED:
      if (!drops_href(reader)) return;
      break;
    default:
      if (error->level < XML_ERR_FATAL) return;
  }
  verdict_set_error(&reader->verdict, error, reader->parser, reader->fed);
}

cxml2_html *cxml2_html_new(void) {
  cxml2_html *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  xmlSAXHandler handler = {
      .startElement = start_element, .endElement = end_element, .characters = characters,
      .ignorableWhitespace = characters, .cdataBlock = code, .comment = comment,
      .serror = note_error, .initialized = XML_SAX2_MAGIC,
  };
  htmlParserCtxtPtr parser = cxml2_api.htmlCreatePushParserCtxt(
      &handler, NULL, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (!parser) {
    free(reader);
    return NULL;
  }
  cxml2_api.htmlCtxtUseOptions(
      parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC);
  parser->charset = XML_CHAR_ENCODING_UTF8;
  parser->userData = parser;
  parser->_private = reader;
  reader->parser = parser;
  // An end tag that closes nothing, or the </html> of a page within the page, would end it all.
  // The page's own tags count as misplaced after these, and their end tags close nothing.
  cxml2_api.htmlParseChunk(parser, "<html><body>", 12, 0);
  return reader;
}

void cxml2_html_free(cxml2_html *reader) {
  cxml2_api.htmlFreeParserCtxt(reader->parser);
  struct bytes *all[] = {&reader->slice, &reader->arena, &reader->lead, &reader->title,
                         &reader->heading, &reader->base, &reader->metas};
  for (size_t index = 0; index < sizeof all / sizeof *all; index++) free(all[index]->start);
  free(reader->links);
  free(reader);
}

void cxml2_html_carry_bytes(cxml2_html *reader) { reader->carries_bytes = true; }

// Whether what libxml2 holds back begins a tag.
static bool holds_tag(const cxml2_html *reader) {
  const uint8_t *start = reader->parser->input->cur;
  return backlog(reader->parser) > 1 && start[0] == '<' && start[1] != '!' && start[1] != '?';
}

// libxml2 holds back a token until its end is there; what it costs is known before it is read.
static void check_backlog(cxml2_html *reader) {
  size_t count = backlog(reader->parser);
  if (count <= CXML2_SLICE) return;
  const uint8_t *start = reader->parser->input->cur;
  bool is_tag = holds_tag(reader);
  if (count > (is_tag ? TAG_LIMIT : TEXT_LIMIT)) {
    return page_refuse(reader, is_tag ? CXML2_TAG_TOO_LONG : CXML2_TEXT_TOO_LONG);
  }
  if (!is_tag) return;
  size_t separators = 0;
  uint8_t quote = 0;
  for (size_t index = 1; index < count; index++) {
    uint8_t byte = start[index];
    if (quote) {
      if (byte == quote) quote = 0;
    } else if (byte == '"' || byte == '\'') {
      quote = byte;
      separators += 1;
    } else if (byte == ' ' || byte == '/' || (byte >= 9 && byte <= 13)) {
      separators += 1;
    }
  }
  // An attribute has a space before it, or the end of a quoted one.
  if (separators > 2 * ATTRIBUTE_LIMIT) page_refuse(reader, CXML2_TOO_MANY_ATTRIBUTES);
}

// libxml2 2.9 reads on behind </script> and </style> if their names come in parts. So of a tag at
// the end of a slice, its start is held back until it is longer than those, or whole.
static size_t start_of_tag(const struct bytes *slice) {
  for (size_t count = 1; count <= slice->count && count <= 16; count++) {
    uint8_t byte = slice->start[slice->count - count];
    if (byte == '>') return 0;
    if (byte == '<') return count;
  }
  return 0;
}

static void give(cxml2_html *reader, size_t count) {
  struct bytes *slice = &reader->slice;
  if (!count) return;
  reader->fed += count;
  // libxml2 2.9 goes on looking for the end of a tag where it stopped, but forgets that it was in
  // quotes there: it would cut a tag at a > in an attribute. From its start it gets it right.
  if (holds_tag(reader)) reader->parser->checkIndex = 0;
  cxml2_api.htmlParseChunk(reader->parser, (const char *)slice->start, (int)count, 0);
  slice->count -= count;
  memmove(slice->start, slice->start + count, slice->count);
  check_backlog(reader);
  if (reader->parser->instate == XML_PARSER_EOF) page_refuse(reader, CXML2_LEFT_OVER);
}

cxml2_problem cxml2_html_feed(cxml2_html *reader, const uint8_t *bytes, size_t count) {
  if (reader->verdict.problem) return reader->verdict.problem;
  page_forget_links(reader);
  struct bytes *slice = &reader->slice;
  if (!bytes_append(slice, bytes, count)) {
    page_refuse(reader, CXML2_NO_MEMORY);
    return reader->verdict.problem;
  }
  size_t held = start_of_tag(slice);
  give(reader, slice->count - held);
  return reader->verdict.problem;
}

cxml2_problem cxml2_html_finish(cxml2_html *reader) {
  if (reader->verdict.problem) return reader->verdict.problem;
  page_forget_links(reader);
  give(reader, reader->slice.count);
  if (reader->verdict.problem) return reader->verdict.problem;
  cxml2_api.htmlParseChunk(reader->parser, "", 0, 1);
  page_finish(reader);
  const uint8_t *rest = reader->parser->input->cur;
  size_t count = backlog(reader->parser);
  while (count && *rest <= ' ') rest += 1, count -= 1;
  if (count) page_refuse(reader, CXML2_LEFT_OVER);
  return reader->verdict.problem;
}

int cxml2_html_is_inside(const cxml2_html *reader) {
  if (reader->slice.count) return 1;
  // A comment may be held back though it is whole; one that is not is an error at the end.
  if (backlog(reader->parser) == 1 && *reader->parser->input->cur == '<') return 1;
  if (holds_tag(reader)) return 1;
  const char *name = (const char *)reader->parser->name;
  return reader->hidden_depth > 0 ||
         (name && (strcmp(name, "script") == 0 || strcmp(name, "style") == 0));
}

const cxml2_link *cxml2_html_links(const cxml2_html *reader, size_t *count) {
  *count = reader->link_count;
  return reader->links;
}

const uint8_t *cxml2_html_bytes(const cxml2_html *reader, size_t *count) {
  *count = reader->arena.count;
  return reader->arena.start;
}

const uint8_t *cxml2_html_fact(const cxml2_html *reader, cxml2_fact fact, size_t *count) {
  const struct bytes *bytes = NULL;
  switch (fact) {
    case CXML2_BASE: bytes = &reader->base; break;
    case CXML2_TITLE: bytes = &reader->title; break;
    case CXML2_HEADING: bytes = &reader->heading; break;
    case CXML2_METAS: bytes = &reader->metas; break;
    case CXML2_FOOTER:
      *count = reader->arena.count - reader->current.after.start;
      return reader->arena.start ? reader->arena.start + reader->current.after.start : NULL;
  }
  *count = bytes->count;
  return bytes->start;
}

size_t cxml2_html_position(const cxml2_html *reader) { return reader->verdict.position; }

const char *cxml2_html_message(const cxml2_html *reader, int *code) {
  *code = reader->verdict.code;
  return reader->verdict.message;
}
