#pragma once
// libxml2, loaded when it is first needed, behind an interface of our own: two push readers that
// build no tree, load no entity and open nothing. What they find stands in memory of theirs until
// the next call; no function here calls back.
#include <stddef.h>
#include <stdint.h>

// Loads the library once. NULL if it is there, else what the loader says.
const char *_Nullable cxml2_load(void);
const char *_Nonnull cxml2_version(void);

// Why a reader stopped; it reads nothing more then.
typedef enum {
  CXML2_FINE = 0,
  CXML2_NO_MEMORY,
  CXML2_SYNTAX,          // libxml2's own error; see cxml2_message
  CXML2_TOO_DEEP,
  CXML2_TAG_TOO_LONG,
  CXML2_TOO_MANY_ATTRIBUTES,
  CXML2_TEXT_TOO_LONG,   // a comment, a script or a text without any markup
  CXML2_DOCTYPE,
  CXML2_BAD_COMMENT,     // one that browsers and libxml2 end at different places
  CXML2_HIDDEN_LINK,     // a link inside an element that browsers read as text
  CXML2_LATE_BASE,
  CXML2_TOO_MANY_METAS,
  CXML2_LEFT_OVER,       // what libxml2 leaves unread since it takes the page to be over
} cxml2_problem;

// About this many bytes should be fed at once, since a tag is refused only when a call leaves it
// unfinished; each call must end between two characters.
enum { CXML2_SLICE = 2048 };

typedef struct {
  uint32_t start, count;
} cxml2_range;

// A link, as places in cxml2_html_bytes. `before` is the text of its row before it, `after` that
// up to the end of its row or the next link; 0x1F stands for a new cell in them.
// `attributes` has for each a byte (1 if it was written without a value), the name, a NUL, the
// value, a NUL.
typedef struct {
  cxml2_range before, attributes, href, text, after;
} cxml2_link;

typedef struct cxml2_html cxml2_html;

cxml2_html *_Nullable cxml2_html_new(void);
void cxml2_html_free(cxml2_html *_Nonnull reader);
// From now on U+10FF80 to U+10FFFF stand for the bytes 0x80 to 0xFF that are no UTF-8.
void cxml2_html_carry_bytes(cxml2_html *_Nonnull reader);
// Reads UTF-8 without NUL; links of earlier calls are gone.
cxml2_problem cxml2_html_feed(
    cxml2_html *_Nonnull reader, const uint8_t *_Nonnull bytes, size_t count);
// Says that the page is over. Call it once.
cxml2_problem cxml2_html_finish(cxml2_html *_Nonnull reader);
// Whether what was fed ends in the midst of a tag, a comment, a script or a title.
int cxml2_html_is_inside(const cxml2_html *_Nonnull reader);
const cxml2_link *_Nullable cxml2_html_links(
    const cxml2_html *_Nonnull reader, size_t *_Nonnull count);
const uint8_t *_Nullable cxml2_html_bytes(
    const cxml2_html *_Nonnull reader, size_t *_Nonnull count);

typedef enum {
  CXML2_BASE,     // the href of <base>
  CXML2_TITLE,    // the text of the first <title>
  CXML2_HEADING,  // the text of the first <h1> or <h2>
  CXML2_FOOTER,   // the text after the last link so far
  CXML2_METAS,    // name, NUL, content, NUL for each <meta name>
} cxml2_fact;
// NULL if the page has none so far.
const uint8_t *_Nullable cxml2_html_fact(
    const cxml2_html *_Nonnull reader, cxml2_fact fact, size_t *_Nonnull count);

// Where the reader stopped, in bytes that were fed, and libxml2's words and number if it was
// its error.
size_t cxml2_html_position(const cxml2_html *_Nonnull reader);
const char *_Nonnull cxml2_html_message(const cxml2_html *_Nonnull reader, int *_Nonnull code);

typedef struct cxml2_xml cxml2_xml;

cxml2_xml *_Nullable cxml2_xml_new(void);
void cxml2_xml_free(cxml2_xml *_Nonnull reader);
cxml2_problem cxml2_xml_feed(
    cxml2_xml *_Nonnull reader, const uint8_t *_Nonnull bytes, size_t count);
cxml2_problem cxml2_xml_finish(cxml2_xml *_Nonnull reader);
// What the last call found. Each is a byte ('<' start with the local name, '>' end, '"' text),
// the length as four bytes in the order of the machine, and as many bytes.
const uint8_t *_Nullable cxml2_xml_events(
    const cxml2_xml *_Nonnull reader, size_t *_Nonnull count);
size_t cxml2_xml_position(const cxml2_xml *_Nonnull reader);
const char *_Nonnull cxml2_xml_message(const cxml2_xml *_Nonnull reader, int *_Nonnull code);
