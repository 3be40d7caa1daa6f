#pragma once
// libmd4c, which reads Markdown, loaded when it is first needed.
#include <stddef.h>
#include <stdint.h>

// Loads libmd4c once. NULL if it is there, else what the loader says.
const char *_Nullable cmarkdown_load(void);

// What Markdown consists of. All but the pieces open something, which CMARKDOWN_CLOSE closes.
enum cmarkdown_event {
  CMARKDOWN_CLOSE,
  CMARKDOWN_PARAGRAPH, CMARKDOWN_HEADING,  // a byte: the level
  CMARKDOWN_QUOTE, CMARKDOWN_BULLETS,
  CMARKDOWN_NUMBERS,  // four bytes in the order of the machine: the first number
  CMARKDOWN_ITEM,     // a byte for a task: 'x' or 'X' if it is done, else a space
  CMARKDOWN_LITERAL, CMARKDOWN_HTML,
  CMARKDOWN_TABLE, CMARKDOWN_HEAD, CMARKDOWN_BODY, CMARKDOWN_ROW, CMARKDOWN_HEADER, CMARKDOWN_CELL,
  CMARKDOWN_EMPHASIS, CMARKDOWN_STRONG, CMARKDOWN_STRUCK, CMARKDOWN_CODE, CMARKDOWN_OTHER,
  CMARKDOWN_LINK, CMARKDOWN_IMAGE,  // to the pieces of a URL just before
  // Pieces; what follows is their bytes.
  CMARKDOWN_RULE, CMARKDOWN_BREAK, CMARKDOWN_TEXT, CMARKDOWN_REFERENCE, CMARKDOWN_TAGS,
  CMARKDOWN_URL_TEXT, CMARKDOWN_URL_REFERENCE,
};

// Reads Markdown as GitHub writes it, after cmarkdown_load. Returns the events, each a byte, a length
// as four bytes in the order of the machine, and as many bytes, or NULL if they are longer than
// `limit` bytes or there is no memory. cmarkdown_free takes them back.
uint8_t *_Nullable cmarkdown_read(
    const char *_Nonnull text, size_t count, size_t limit, size_t *_Nonnull event_bytes);
void cmarkdown_free(uint8_t *_Nonnull events);
