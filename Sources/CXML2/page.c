#include "page.h"

#include <stdlib.h>
#include <string.h>

enum {
  CELL = 0x1F, ROW = 0x1E,
  GAP_LIMIT = 2048, TEXT_KEPT = 4096, LEAD_LIMIT = 512, CAPTION_LIMIT = 512, META_LIMIT = 16 << 10,
};

void page_refuse(cxml2_html *reader, cxml2_problem problem) {
  verdict_set(&reader->verdict, problem, reader->parser, reader->fed);
}

static void append(cxml2_html *reader, struct bytes *bytes, const void *more, size_t count) {
  if (!bytes_append(bytes, more, count)) page_refuse(reader, CXML2_NO_MEMORY);
}

static void append_byte(cxml2_html *reader, struct bytes *bytes, uint8_t byte) {
  append(reader, bytes, &byte, 1);
}

static void append_some(
    cxml2_html *reader, struct bytes *bytes, size_t start, size_t limit, const void *more,
    size_t count) {
  size_t used = bytes->count - start;
  if (used < limit) append(reader, bytes, more, count < limit - used ? count : limit - used);
}

// Turns U+10FF80 to U+10FFFF, from `start` on, back into the bytes they stand for.
static void restore_bytes(struct bytes *bytes, size_t start) {
  uint8_t *to = bytes->start + start, *from = to, *end = bytes->start + bytes->count;
  while (from < end) {
    bool is_carried = end - from >= 4 && from[0] == 0xF4 && from[1] == 0x8F && from[2] >= 0xBE;
    if (is_carried) {
      *to++ = (uint8_t)(from[2] == 0xBE ? from[3] : from[3] + 0x40);
      from += 4;
    } else {
      *to++ = *from++;
    }
  }
  bytes->count = (size_t)(to - bytes->start);
}

static bool is(const char *name, const char *other) { return strcmp(name, other) == 0; }

static const char *value_of(const char **attributes, const char *name) {
  for (; attributes && attributes[0]; attributes += 2) {
    if (is(attributes[0], name)) return attributes[1] ? attributes[1] : "";
  }
  return NULL;
}

// Rows and cells

static void add_to_gap(cxml2_html *reader, const void *text, size_t count) {
  append_some(reader, &reader->arena, reader->current.after.start, GAP_LIMIT, text, count);
  append_some(reader, &reader->lead, 0, LEAD_LIMIT, text, count);
}

static void begin_cell(cxml2_html *reader) {
  if (!reader->is_open) add_to_gap(reader, &(uint8_t){CELL}, 1);
}

// What programs are told of a cell stands in a cell of its own, before what people are told.
static void note_detail(cxml2_html *reader, const char *value) {
  if (!value || reader->is_open) return;
  add_to_gap(reader, value, strlen(value));
  begin_cell(reader);
}

static void begin_row(cxml2_html *reader) {
  if (reader->is_open) return;
  add_to_gap(reader, &(uint8_t){ROW}, 1);
  reader->lead.count = 0;
  reader->had_row = true;
}

static const uint8_t *last_line(const struct bytes *bytes) {
  const uint8_t *end = bytes->start + bytes->count;
  while (end > bytes->start && end[-1] != '\n') end -= 1;
  return end;
}

// Links

// The row of a link ends at the next one; without cells in it, at the end of its line.
static void complete_link(cxml2_html *reader) {
  cxml2_link *link = &reader->current;
  if (!reader->has_link) return;
  if (reader->is_open) link->after.start = (uint32_t)reader->arena.count;
  reader->is_open = false;
  const uint8_t *gap = reader->arena.start + link->after.start;
  size_t count = reader->arena.count - link->after.start;
  const uint8_t *end = memchr(gap, ROW, count);
  if (end) count = (size_t)(end - gap);
  const uint8_t *line = memchr(gap, CELL, count) ? NULL : memchr(gap, '\n', count);
  link->after.count = (uint32_t)(line ? (size_t)(line - gap) : count);
  if (reader->link_count == reader->link_capacity) {
    size_t capacity = 2 * reader->link_capacity + 64;
    cxml2_link *grown = realloc(reader->links, capacity * sizeof *grown);
    if (!grown) return page_refuse(reader, CXML2_NO_MEMORY);
    reader->links = grown;
    reader->link_capacity = capacity;
  }
  reader->links[reader->link_count++] = *link;
  reader->has_link = false;
}

static void begin_link(cxml2_html *reader, const char **attributes) {
  if (!value_of(attributes, "href")) return;
  if (reader->hidden_depth) return page_refuse(reader, CXML2_HIDDEN_LINK);
  complete_link(reader);
  struct bytes *arena = &reader->arena;
  cxml2_link *link = &reader->current;
  *link = (cxml2_link){.before.start = (uint32_t)arena->count};
  const uint8_t *lead = reader->lead.start;
  size_t count = reader->lead.count;
  if (count && !memchr(lead, CELL, count)) {
    const uint8_t *line = last_line(&reader->lead);
    // Without a line or a row between them, the text belongs to the link before.
    count = line == lead && !reader->had_row ? 0 : count - (size_t)(line - lead);
    lead = line;
  }
  if (count) append(reader, arena, lead, count);
  link->before.count = (uint32_t)count;
  reader->lead.count = 0;
  reader->had_row = false;

  link->attributes.start = (uint32_t)arena->count;
  for (; attributes[0]; attributes += 2) {
    append_byte(reader, arena, attributes[1] ? 0 : 1);
    append(reader, arena, attributes[0], strlen(attributes[0]) + 1);
    size_t start = arena->count;
    const char *value = attributes[1] ? attributes[1] : "";
    append(reader, arena, value, strlen(value));
    if (reader->carries_bytes) restore_bytes(arena, start);
    if (is(attributes[0], "href")) {
      link->href = (cxml2_range){(uint32_t)start, (uint32_t)(arena->count - start)};
    }
    append_byte(reader, arena, 0);
  }
  link->attributes.count = (uint32_t)arena->count - link->attributes.start;
  link->text.start = link->after.start = (uint32_t)arena->count;
  reader->has_link = reader->is_open = true;
}

static void end_link(cxml2_html *reader) {
  cxml2_link *link = &reader->current;
  link->text.count = (uint32_t)reader->arena.count - link->text.start;
  link->after.start = (uint32_t)reader->arena.count;
  reader->is_open = false;
}

// Facts

static void note_base(cxml2_html *reader, const char **attributes) {
  const char *href = value_of(attributes, "href");
  if (!href || reader->had_base) return;
  if (reader->has_link || reader->link_count) return page_refuse(reader, CXML2_LATE_BASE);
  append(reader, &reader->base, href, strlen(href) + 1);
  reader->base.count -= 1;
  if (reader->carries_bytes) restore_bytes(&reader->base, 0);
  reader->had_base = true;
}

static void note_meta(cxml2_html *reader, const char **attributes) {
  const char *name = value_of(attributes, "name");
  const char *content = value_of(attributes, "content");
  if (!name || !content) return;
  struct bytes *metas = &reader->metas;
  append(reader, metas, name, strlen(name) + 1);
  append(reader, metas, content, strlen(content) + 1);
  if (metas->count > META_LIMIT) page_refuse(reader, CXML2_TOO_MANY_METAS);
}

static bool is_hidden(const char *name) {
  return is(name, "title") || is(name, "textarea") || is(name, "xmp") || is(name, "iframe") ||
         is(name, "noembed") || is(name, "noframes");
}

static bool is_cell(const char *name) {
  return name[0] == 't' && (name[1] == 'd' || name[1] == 'h') && !name[2];
}

static bool is_row(const cxml2_html *reader, const char *name) {
  if (is(name, "tr") || is(name, "table")) return true;
  if (reader->cell_depth) return false;
  return is(name, "br") || is(name, "hr") || is(name, "li") || is(name, "div") || is(name, "dt") ||
         is(name, "dd") || is(name, "ul") || is(name, "pre");
}

static void begin_caption(cxml2_html *reader, struct bytes *caption) {
  if (!caption->count) reader->caption = caption;
}

void page_start(cxml2_html *reader, const char *name, const char **attributes) {
  if (name[0] == 'a' && !name[1]) {
    if (attributes) begin_link(reader, attributes);
  } else if (is_cell(name)) {
    reader->cell_depth += 1;
    begin_cell(reader);
    note_detail(reader, value_of(attributes, "data-order"));
  } else if (is_row(reader, name)) {
    begin_row(reader);
  } else if (is(name, "time")) {
    begin_cell(reader);
    note_detail(reader, value_of(attributes, "datetime"));
  } else if (is(name, "meta")) {
    note_meta(reader, attributes);
  } else if (is(name, "base")) {
    note_base(reader, attributes);
  } else if (is(name, "h1") || is(name, "h2")) {
    begin_caption(reader, &reader->heading);
  } else if (is_hidden(name)) {
    reader->hidden_depth += 1;
    if (is(name, "title")) begin_caption(reader, &reader->title);
  }
}

void page_end(cxml2_html *reader, const char *name) {
  if (name[0] == 'a' && !name[1]) {
    if (reader->is_open) end_link(reader);
  } else if (is_cell(name)) {
    if (reader->cell_depth) reader->cell_depth -= 1;
  } else if (is(name, "title") || is(name, "h1") || is(name, "h2")) {
    reader->caption = NULL;
    if (is(name, "title")) reader->hidden_depth -= 1;
    begin_row(reader);
  } else if (is_hidden(name)) {
    reader->hidden_depth -= 1;
  } else if (is(name, "table")) {
    reader->cell_depth = 0;
    begin_row(reader);
  }
}

void page_text(cxml2_html *reader, const uint8_t *text, size_t count) {
  if (reader->caption) append_some(reader, reader->caption, 0, CAPTION_LIMIT, text, count);
  if (reader->is_open) {
    append_some(reader, &reader->arena, reader->current.text.start, TEXT_KEPT, text, count);
  } else if (!reader->hidden_depth) {
    add_to_gap(reader, text, count);
  }
}

static void move_back(cxml2_range *range, uint32_t distance) { range->start -= distance; }

void page_forget_links(cxml2_html *reader) {
  reader->link_count = 0;
  cxml2_link *link = &reader->current;
  uint32_t start = reader->has_link ? link->before.start : link->after.start;
  if (!start) return;
  reader->arena.count -= start;
  memmove(reader->arena.start, reader->arena.start + start, reader->arena.count);
  cxml2_range *all[] = {&link->before, &link->attributes, &link->href, &link->text, &link->after};
  for (size_t index = 0; index < sizeof all / sizeof *all; index++) {
    // Nothing but the text after it is needed of a link that was handed out.
    if (!reader->has_link && all[index] != &link->after) continue;
    move_back(all[index], start);
  }
}

void page_finish(cxml2_html *reader) { complete_link(reader); }
