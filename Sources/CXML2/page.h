#pragma once
// What is kept of a page while it is read.
#include "library.h"

struct cxml2_html {
  htmlParserCtxtPtr parser;
  size_t fed;         // how many bytes of the page libxml2 has
  struct bytes slice;  // the next that it gets, and the start of a tag that it does not get yet
  struct verdict verdict;
  bool carries_bytes;

  // The links of this call, and the one that is not complete; all in the arena.
  struct bytes arena;
  cxml2_link *links;
  size_t link_count, link_capacity;
  cxml2_link current;
  bool has_link, is_open;
  bool had_base;

  // The text since the last row began, for the next link.
  struct bytes lead;
  bool had_row;
  int cell_depth;

  // How many open elements there are whose content browsers read as text.
  int hidden_depth;
  struct bytes title, heading, base, metas;
  struct bytes *caption;  // where text goes as well: the title or the heading
};

void page_refuse(cxml2_html *reader, cxml2_problem problem);
void page_start(cxml2_html *reader, const char *name, const char **attributes);
void page_end(cxml2_html *reader, const char *name);
void page_text(cxml2_html *reader, const uint8_t *text, size_t count);
void page_forget_links(cxml2_html *reader);
void page_finish(cxml2_html *reader);
