#include "CMarkdown.h"

#include <md4c.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "CLoading.h"

#define FUNCTIONS(X) X(md_parse)
LIBRARY("libmd4c.so.0", NULL)

const char *cmarkdown_load(void) { return load_library(); }

struct events {
  uint8_t *start;
  size_t count, capacity, limit;
};

// Returns what libmd4c takes for "go on", or for "stop".
static int add(struct events *events, enum cmarkdown_event event, const void *bytes, size_t size) {
  size_t end = events->count + 5 + size;
  if (end > events->limit) return 1;
  if (end > events->capacity) {
    size_t capacity = 2 * end + 1024;
    uint8_t *grown = realloc(events->start, capacity);
    if (!grown) return 1;
    events->start = grown;
    events->capacity = capacity;
  }
  uint8_t *place = events->start + events->count;
  uint32_t length = (uint32_t)size;
  place[0] = (uint8_t)event;
  memcpy(place + 1, &length, 4);
  if (size) memcpy(place + 5, bytes, size);
  events->count = end;
  return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context) {
  static const enum cmarkdown_event plain[] = {
      [MD_BLOCK_DOC] = CMARKDOWN_OTHER, [MD_BLOCK_QUOTE] = CMARKDOWN_QUOTE,
      [MD_BLOCK_UL] = CMARKDOWN_BULLETS, [MD_BLOCK_CODE] = CMARKDOWN_LITERAL,
      [MD_BLOCK_HTML] = CMARKDOWN_HTML, [MD_BLOCK_P] = CMARKDOWN_PARAGRAPH,
      [MD_BLOCK_TABLE] = CMARKDOWN_TABLE, [MD_BLOCK_THEAD] = CMARKDOWN_HEAD,
      [MD_BLOCK_TBODY] = CMARKDOWN_BODY, [MD_BLOCK_TR] = CMARKDOWN_ROW,
      [MD_BLOCK_TH] = CMARKDOWN_HEADER, [MD_BLOCK_TD] = CMARKDOWN_CELL,
  };
  switch (type) {
    case MD_BLOCK_HR: return add(context, CMARKDOWN_RULE, NULL, 0);
    case MD_BLOCK_H: {
      uint8_t level = (uint8_t)((MD_BLOCK_H_DETAIL *)detail)->level;
      return add(context, CMARKDOWN_HEADING, &level, 1);
    }
    case MD_BLOCK_OL: {
      uint32_t start = ((MD_BLOCK_OL_DETAIL *)detail)->start;
      return add(context, CMARKDOWN_NUMBERS, &start, 4);
    }
    case MD_BLOCK_LI: {
      const MD_BLOCK_LI_DETAIL *item = detail;
      return add(context, CMARKDOWN_ITEM, &item->task_mark, item->is_task ? 1 : 0);
    }
    default: return add(context, plain[type], NULL, 0);
  }
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context) {
  (void)detail;
  return type == MD_BLOCK_HR ? 0 : add(context, CMARKDOWN_CLOSE, NULL, 0);
}

static int add_url(struct events *events, const MD_ATTRIBUTE *url) {
  for (size_t index = 0; url->size && url->substr_offsets[index] < url->size; index++) {
    MD_OFFSET start = url->substr_offsets[index];
    bool is_reference = url->substr_types[index] == MD_TEXT_ENTITY;
    enum cmarkdown_event event = is_reference ? CMARKDOWN_URL_REFERENCE : CMARKDOWN_URL_TEXT;
    size_t size = url->substr_offsets[index + 1] - start;
    if (add(events, event, url->text + start, size)) return 1;
  }
  return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context) {
  switch (type) {
    case MD_SPAN_EM: return add(context, CMARKDOWN_EMPHASIS, NULL, 0);
    case MD_SPAN_STRONG: return add(context, CMARKDOWN_STRONG, NULL, 0);
    case MD_SPAN_DEL: return add(context, CMARKDOWN_STRUCK, NULL, 0);
    case MD_SPAN_CODE: return add(context, CMARKDOWN_CODE, NULL, 0);
    case MD_SPAN_A:
      if (add_url(context, &((MD_SPAN_A_DETAIL *)detail)->href)) return 1;
      return add(context, CMARKDOWN_LINK, NULL, 0);
    case MD_SPAN_IMG:
      if (add_url(context, &((MD_SPAN_IMG_DETAIL *)detail)->src)) return 1;
      return add(context, CMARKDOWN_IMAGE, NULL, 0);
    default: return add(context, CMARKDOWN_OTHER, NULL, 0);
  }
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context) {
  (void)type, (void)detail;
  return add(context, CMARKDOWN_CLOSE, NULL, 0);
}

static int text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *context) {
  switch (type) {
    case MD_TEXT_BR: return add(context, CMARKDOWN_BREAK, NULL, 0);
    case MD_TEXT_SOFTBR: return add(context, CMARKDOWN_TEXT, "\n", 1);
    case MD_TEXT_NULLCHAR: return add(context, CMARKDOWN_TEXT, "\xEF\xBF\xBD", 3);
    case MD_TEXT_ENTITY: return add(context, CMARKDOWN_REFERENCE, bytes, size);
    case MD_TEXT_HTML: return add(context, CMARKDOWN_TAGS, bytes, size);
    default: return add(context, CMARKDOWN_TEXT, bytes, size);
  }
}

uint8_t *cmarkdown_read(const char *bytes, size_t count, size_t limit, size_t *event_bytes) {
  static const MD_PARSER parser = {
      .flags = MD_DIALECT_GITHUB, .enter_block = enter_block, .leave_block = leave_block,
      .enter_span = enter_span, .leave_span = leave_span, .text = text,
  };
  struct events events = {.limit = limit};
  if (api.md_parse(bytes, (MD_SIZE)count, &parser, &events) == 0) {
    *event_bytes = events.count;
    return events.start;
  }
  free(events.start);
  return NULL;
}

void cmarkdown_free(uint8_t *events) { free(events); }
