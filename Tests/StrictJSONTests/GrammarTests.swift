import StrictJSON
import Testing

@Suite struct GrammarTests {
  @Test(arguments: [
    "{}", "[]", "\"\"", "0", "-0", "true", "false", "null", " \t\r\n1\n", "[ ]", "{ }",
    "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[{}]", "{\"a\":1}", "{ \"a\" : [ ] , \"b\" : { } }",
    "{\"\":0}", "{\"a\":{\"a\":{\"a\":1}}}", "[\n]", "[null, 1, \"1\", {}]",
  ])
  func acceptsValues(_ text: String) {
    #expect(mistakeOfCursor(in: Array(text.utf8)) == nil)
    #expect(mistakeOfDocument(in: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    "1", "10", "-1", "0.5", "-0.0", "1e5", "1E5", "1e+5", "1e-5", "1.5e10", "0e0", "0E+1",
    "123456789012345678901234567890", "1e308", "-1e308", "1.7976931348623157e308", "1e-999",
    "0e999999999999999999999", "0.00000000000000000000000000000001", "9223372036854775808",
  ])
  func acceptsNumbers(_ text: String) {
    #expect(mistakeOfCursor(in: Array(text.utf8)) == nil)
    #expect(mistakeOfDocument(in: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    #""a""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u00E9\u00e9""#, #""\uD83D\uDE00""#,
    #""\uFFFF\uFDD0""#, "\"\u{7F}\"", "\"é✓😀\u{10FFFF}\"", "\"\u{2028}\u{FEFF}\"", "\"/\"", "\"'\"",
    #""\ud800\udc00\udbff\udfff""#, "\"a string that is longer than two words of bytes\"",
  ])
  func acceptsStrings(_ text: String) {
    #expect(mistakeOfCursor(in: Array(text.utf8)) == nil)
    #expect(mistakeOfDocument(in: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    ("", JSONError.Code.unexpectedEnd), (" \n", .unexpectedEnd), ("[", .unexpectedEnd),
    ("{", .unexpectedEnd), ("[1", .unexpectedEnd), ("[1,", .unexpectedEnd),
    ("{\"a\"", .unexpectedEnd), ("{\"a\":", .unexpectedEnd), ("{\"a\":1", .unexpectedEnd),
    ("{\"a\":1,", .unexpectedEnd), ("tru", .unexpectedEnd), ("[fals", .unexpectedEnd),
    ("[1,]", .trailingCommaInArray), ("[1 , ]", .trailingCommaInArray),
    ("{\"a\":1,}", .trailingCommaInObject), ("[,]", .unexpectedByte), ("[,1]", .unexpectedByte),
    ("[1,,2]", .unexpectedByte), ("{,}", .unexpectedByte), ("{\"a\":1,,\"b\":2}", .unexpectedByte),
    ("[1}", .unexpectedByte), ("{\"a\":1]", .unexpectedByte), ("]", .unexpectedByte),
    ("[1:2]", .unexpectedByte), ("{\"a\",1}", .unexpectedByte), ("{:1}", .unexpectedByte),
    ("{\"a\":}", .unexpectedByte), ("{1:1}", .unexpectedByte), ("{[]:1}", .unexpectedByte),
    ("*", .unexpectedByte), ("é", .unexpectedByte), ("[\u{A0}1]", .unexpectedByte),
    ("[\u{B}1]", .unexpectedByte), ("\u{C}1", .unexpectedByte), ("\0", .unexpectedByte),
    ("[1\0]", .unexpectedByte), ("\u{2060}1", .unexpectedByte),
    ("[1 2]", .missingComma), ("[1 \"a\"]", .missingComma), ("[\"a\" \"b\"]", .missingComma),
    ("{\"a\":1 \"b\":2}", .missingComma), ("[[][]]", .missingComma), ("[{}{}]", .missingComma),
    ("{\"a\" 1}", .missingColon), ("{\"a\" \"b\"}", .missingColon), ("{\"a\" {}}", .missingColon),
    ("1 2", .trailingText), ("{}{}", .trailingText), ("[]]", .trailingText), ("{}}", .trailingText),
    ("\"a\"\"b\"", .trailingText), ("1,", .trailingText), ("true\0", .trailingText),
  ])
  func refusesStructure(_ text: String, _ code: JSONError.Code) {
    #expect(mistakeOfCursor(in: Array(text.utf8))?.code == code)
    #expect(mistakeOfDocument(in: Array(text.utf8))?.code == code)
  }

  @Test(arguments: [
    ("-", JSONError.Code.badNumber), ("+1", .badNumber), (".5", .badNumber), ("1.", .badNumber),
    ("1.e1", .badNumber), ("01", .badNumber), ("-01", .badNumber), ("00", .badNumber),
    ("1e", .badNumber), ("1e+", .badNumber), ("1E-", .badNumber), ("1e1.5", .badNumber),
    ("0x1F", .badNumber), ("1_000", .badNumber), ("1a", .badNumber), ("-a", .badNumber),
    ("--1", .badNumber), ("1-1", .badNumber), ("1.2.3", .badNumber), ("-.5", .badNumber),
    ("-Infinity", .badNumber), ("1f", .badNumber), ("[1.]", .badNumber), ("-\"a\"", .badNumber),
    ("1e309", .numberOutOfRange), ("-1e309", .numberOutOfRange), ("1e999", .numberOutOfRange),
    ("1.7976931348623159e308", .numberOutOfRange), ("1e99999999999999999999", .numberOutOfRange),
    ("0.1e310", .numberOutOfRange),
    (String(repeating: "1", count: 310), .numberOutOfRange),
    ("-" + String(repeating: "9", count: 309), .numberOutOfRange),
  ])
  func refusesNumbers(_ text: String, _ code: JSONError.Code) {
    #expect(mistakeOfCursor(in: Array(text.utf8))?.code == code)
    #expect(mistakeOfDocument(in: Array(text.utf8))?.code == code)
  }

  @Test(arguments: [
    ("\"", JSONError.Code.unexpectedEnd), ("\"a", .unexpectedEnd), ("\"\\", .unexpectedEnd),
    ("\"\\u00", .unexpectedEnd), ("\"\\\"", .unexpectedEnd),
    ("\"\\a\"", .badEscape), ("\"\\x41\"", .badEscape), ("\"\\'\"", .badEscape),
    ("\"\\u\"", .badEscape), ("\"\\u00g0\"", .badEscape), ("\"\\u 041\"", .badEscape),
    ("\"\\U0041\"", .badEscape), ("\"\\é\"", .badEscape), ("\"\\\n\"", .badEscape),
    ("\"\\u{41}\"", .badEscape), ("\"\\ud800\\u00\"", .badEscape), ("\"\\0\"", .badEscape),
    ("\"\\ud800\"", .loneSurrogate), ("\"\\udc00\"", .loneSurrogate),
    ("\"\\ud800\\ud800\"", .loneSurrogate), ("\"\\udc00\\ud800\"", .loneSurrogate),
    ("\"\\ud800\\n\"", .loneSurrogate), ("\"\\ud83dx\"", .loneSurrogate),
    ("\"\\ud800\\ue000\"", .loneSurrogate), ("{\"\\uDFFF\":1}", .loneSurrogate),
    ("\"\n\"", .controlCharacter), ("\"\t\"", .controlCharacter), ("\"\0\"", .controlCharacter),
    ("\"a long run before it\u{1F}\"", .controlCharacter), ("{\"a\r\":1}", .controlCharacter),
  ])
  func refusesStrings(_ text: String, _ code: JSONError.Code) {
    #expect(mistakeOfCursor(in: Array(text.utf8))?.code == code)
    #expect(mistakeOfDocument(in: Array(text.utf8))?.code == code)
  }

  @Test(arguments: [
    ("True", JSONError.Code.unknownWord), ("TRUE", .unknownWord), ("nil", .unknownWord),
    ("NaN", .unknownWord), ("Infinity", .unknownWord), ("undefined", .unknownWord),
    ("truex", .unknownWord), ("[true1]", .unknownWord), ("[tru]", .unknownWord),
    ("nul ", .unknownWord), ("[n]", .unknownWord), ("{\"a\":abc}", .unknownWord),
    ("{a:1}", .unquotedKey), ("{_a: 1}", .unquotedKey), ("{true: 1}", .unquotedKey),
    ("'a'", .singleQuotes), ("{'a': 1}", .singleQuotes), ("['a']", .singleQuotes),
    ("// note\n1", .comment), ("/* note */1", .comment), ("[1, // one\n2]", .comment),
    ("[1 /* one */, 2]", .comment), ("{} // end", .comment), ("# note\n1", .comment),
    ("{\"a\" /* b */: 1}", .comment), ("{/**/}", .comment), ("[1]#", .comment),
    ("\u{FEFF}1", .byteOrderMark), ("\u{FEFF}", .byteOrderMark), (" \u{FEFF}1", .unexpectedByte),
  ])
  func refusesExtensions(_ text: String, _ code: JSONError.Code) {
    #expect(mistakeOfCursor(in: Array(text.utf8))?.code == code)
    #expect(mistakeOfDocument(in: Array(text.utf8))?.code == code)
  }

  @Test(
    arguments: [
      ([0xFF], 0..<1), ([0x22, 0x80, 0x22], 1..<2), ([0x22, 0xC0, 0x80, 0x22], 1..<2),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 1..<2), ([0x22, 0xE2, 0x82, 0x22], 1..<3),
      ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1..<2), ([0xFE, 0xFF, 0, 0x31], 0..<1),
    ] as [([UInt8], Range<Int>)]
  )
  func refusesInvalidUTF8(_ text: [UInt8], _ range: Range<Int>) {
    #expect(mistakeOfDocument(in: text) == JSONError(.invalidUTF8, at: range))
    #expect(mistakeOfCursor(in: text) == JSONError(.invalidUTF8, at: range))
  }

  @Test(arguments: [
    ("{\"a\":1,\"a\":2}", 1..<4, 7..<10),
    ("[{\"b\":1}, {\"\\u0062\": 1, \"b\": 1}]", 11..<19, 24..<27),
    ("{\"\":1,\"c\":2,\"\":3}", 1..<3, 12..<14),
  ])
  func refusesDuplicateKeys(_ text: String, first: Range<Int>, second: Range<Int>) {
    let mistake = mistakeOfDocument(in: Array(text.utf8))
    #expect(mistake == JSONError(.duplicateKey(first: first), at: second))
  }

  @Test(arguments: ["{\"a\":1,\"A\":2}", "{\"\u{E9}\":1,\"e\u{301}\":2}", "[{\"a\":1},{\"a\":1}]"])
  func acceptsKeysThatDifferInBytes(_ text: String) {
    #expect(mistakeOfDocument(in: Array(text.utf8)) == nil)
  }

  @Test func refusesTextsThatAreTooLarge() {
    let text = Array("[1, 2]".utf8)
    #expect(throws: JSONError(.tooLarge(limit: 5), at: 5..<6)) {
      try JSONDocument(parsing: text, maximumSize: 5)
    }
    #expect(throws: Never.self) { try JSONDocument(parsing: text, maximumSize: 6) }
  }
}
