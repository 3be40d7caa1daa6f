// Reads an HTML page with libxml2 and callbacks that do nothing: the floor below every reader that
// is built on it.
//
//     MarkupFloor push|pull FILE
//
// "push" feeds the file in chunks, as a page comes from a server; "pull" lets libxml2 read it.
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <string.h>

static long elements;

static void start_element(void *context, const xmlChar *name, const xmlChar **attributes) {
  (void)context, (void)name, (void)attributes;
  elements += 1;
}
static void end_element(void *context, const xmlChar *name) { (void)context, (void)name; }
static void characters(void *context, const xmlChar *text, int count) {
  (void)context, (void)text, (void)count;
}

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: MarkupFloor push|pull FILE\n");
    return 2;
  }
  xmlSAXHandler handler = {
      .startElement = start_element, .endElement = end_element, .characters = characters,
      .ignorableWhitespace = characters, .initialized = XML_SAX2_MAGIC,
  };
  if (strcmp(arguments[1], "pull") == 0) {
    htmlParserCtxtPtr parser = htmlCreateFileParserCtxt(arguments[2], "utf-8");
    if (!parser) return 1;
    *parser->sax = handler;
    htmlParseDocument(parser);
    htmlFreeParserCtxt(parser);
  } else {
    FILE *file = fopen(arguments[2], "rb");
    htmlParserCtxtPtr parser =
        htmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!file || !parser) return 1;
    static char chunk[1 << 16];
    size_t length;
    while ((length = fread(chunk, 1, sizeof chunk, file))) {
      htmlParseChunk(parser, chunk, (int)length, 0);
    }
    htmlParseChunk(parser, chunk, 0, 1);
    htmlFreeParserCtxt(parser);
    fclose(file);
  }
  printf("{\"elements\": %ld}\n", elements);
}
