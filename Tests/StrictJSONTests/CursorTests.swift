import StrictJSON
import Testing

@Suite struct CursorTests {
  @Test func walksARecordWithoutATree() throws {
    let text = Array(#"{"name": "a\u002db", "size": 12, "tags": ["x", "y"], "yanked": true}"#.utf8)
    var cursor = JSONCursor(text.span)
    var name: [UInt8] = []
    var size: Int?
    var tags = 0
    var isYanked = false
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "name") {
        cursor.append(try cursor.string(), to: &name)
      } else if cursor.isEqual(key, to: "size") {
        size = cursor.integer(try cursor.number())
      } else if cursor.isEqual(key, to: "yanked") {
        isYanked = try cursor.boolean()
      } else {
        let size = cursor.bytes(of: key).count
        #expect(size == 4)
        try cursor.beginArray()
        while try cursor.nextElement() {
          _ = try cursor.string()
          tags += 1
        }
      }
    }
    try cursor.finish()
    #expect(name == Array("a-b".utf8))
    #expect(size == 12)
    #expect(tags == 2)
    #expect(isYanked)
    let end = cursor.offset
    #expect(end == text.count)
  }

  @Test func comparesKeysByTheirDecodedBytes() throws {
    let names: [StaticString] = ["upload_timestamp", "hash", "é", ""]
    let texts = [#""upload\u005ftimestamp""#, #""hash""#, "\"\u{E9}\"", #""""#]
    for (index, text) in texts.enumerated() {
      let bytes = Array(text.utf8)
      var cursor = JSONCursor(bytes.span)
      let string = try cursor.string()
      for (other, name) in names.enumerated() {
        let isEqual = cursor.isEqual(string, to: name)
        #expect(isEqual == (index == other))
      }
    }
    let bytes = Array("\"e\u{301}\"".utf8)
    var cursor = JSONCursor(bytes.span)
    let string = try cursor.string()
    let isEqual = cursor.isEqual(string, to: "\u{E9}")
    #expect(!isEqual)
  }

  @Test(arguments: [
    (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/""#, "\"\\/"),
    (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""a\u0000b""#, "a\0b"), (#""\u00e9\u20AC""#, "é€"),
    (#""x\ud83d\ude00y""#, "x😀y"), (#""\uFEFF\uFFFF""#, "\u{FEFF}\u{FFFF}"),
    ("\"naïve \\u2713 ✓\"", "naïve ✓ ✓"), (#""\udbff\udfff""#, "\u{10FFFF}"),
  ])
  func decodesEscapes(_ text: String, _ expected: String) throws {
    let bytes = Array(text.utf8)
    var cursor = JSONCursor(bytes.span)
    let string = try cursor.string()
    #expect(string.hasEscapes == text.contains("\\"))
    var array: [UInt8] = []
    cursor.append(string, to: &array)
    #expect(array == Array(expected.utf8))
    var buffer = ByteBuffer()
    cursor.append(string, to: &buffer)
    #expect(contents(of: buffer) == Array(expected.utf8))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
      ("18446744073709551617", nil), ("100000000000000000000", nil), ("1.0", nil), ("1e2", nil),
    ] as [(String, Int?)]
  )
  func readsIntegersExactly(_ text: String, _ expected: Int?) throws {
    let bytes = Array(text.utf8)
    var cursor = JSONCursor(bytes.span)
    let number = try cursor.number()
    let integer = cursor.integer(number)
    #expect(integer == expected)
    #expect(number.range == bytes.indices)
    #expect(try JSONDocument(parsing: bytes).root.integer == expected)
  }

  @Test func readsFloatingPointNumbers() throws {
    let bytes = Array("-12.5e-1".utf8)
    var cursor = JSONCursor(bytes.span)
    let number = try cursor.number()
    #expect(!number.isInteger)
    let double = cursor.double(number)
    #expect(double == -1.25)
  }

  @Test func saysWhatItFindsInsteadOfWhatItExpects() {
    let values: [(String, JSONKind)] = [
      ("{\"a\": [1]}", .object), ("[1, 2]", .array), ("\"a\"", .string), ("-1.5", .number),
      ("true", .boolean), ("null", .null),
    ]
    for (text, found) in values {
      let bytes = Array(text.utf8)
      for expected in [JSONKind.object, .array, .string, .number, .boolean, .null] {
        let mistake = mistake(in: bytes, expecting: expected)
        let code = JSONError.Code.unexpectedKind(expected: expected, found: found)
        #expect(mistake == (expected == found ? nil : JSONError(code, at: bytes.indices)))
      }
    }
  }

  @Test func saysWhatIsMalformedBeforeWhatIsUnexpected() {
    #expect(mistake(in: Array("[1,]".utf8), expecting: .string)?.code == .trailingCommaInArray)
    #expect(mistake(in: Array("'a'".utf8), expecting: .string)?.code == .singleQuotes)
    #expect(mistake(in: Array("nope".utf8), expecting: .null)?.code == .unknownWord)
    #expect(mistake(in: [], expecting: .number)?.code == .unexpectedEnd)
  }

  private func mistake(in text: [UInt8], expecting kind: JSONKind) -> JSONError? {
    var cursor = JSONCursor(text.span)
    do {
      switch kind {
      case .object: try cursor.beginObject()
      case .array: try cursor.beginArray()
      case .string: _ = try cursor.string()
      case .number: _ = try cursor.number()
      case .boolean: _ = try cursor.boolean()
      case .null: try cursor.null()
      }
      return nil
    } catch {
      return error
    }
  }

  @Test func acceptsDuplicateKeysAsDocumented() {
    #expect(mistakeOfCursor(in: Array("{\"a\":1,\"a\":2}".utf8)) == nil)
  }

  @Test func findsTheEndOfEveryStringLength() throws {
    for length in 0...70 {
      for stop in [UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x1F] {
        let run = [UInt8](repeating: UInt8(ascii: "!"), count: length)
        let text = [UInt8(ascii: "\"")] + run + [stop] + Array("nnnn\"\u{7F}\u{E9}".utf8)
        var cursor = JSONCursor(text.span)
        if stop == 0x1F {
          let place = length + 1
          let expected = JSONError(.controlCharacter, at: place..<place + 1)
          #expect(throws: expected) { _ = try JSONDocument(parsing: text) }
        } else {
          let string = try cursor.string()
          #expect(string.range == 1..<(stop == UInt8(ascii: "\\") ? length + 6 : length + 1))
        }
      }
    }
  }
}
