import StrictJSON
import Testing

@Suite struct WriterTests {
  @Test(arguments: [
    ("", #""""#), ("plain", #""plain""#), ("a\"b", #""a\"b""#), ("\\", #""\\""#),
    ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#), ("\0\u{1}\u{1F}", #""\u0000\u0001\u001f""#),
    ("</script>", #""\u003c/script>""#), ("\u{7F}é😀\u{2028}", "\"\u{7F}é😀\u{2028}\""),
    ("<\u{301}", "\"\\u003c\u{301}\""), ("a & b > c '", #""a & b > c '""#),
  ])
  func escapesWhatMustBeEscaped(_ text: String, _ expected: String) {
    var buffer = ByteBuffer()
    buffer.append(json: text)
    #expect(contents(of: buffer) == Array(expected.utf8))
    buffer.removeAll()
    buffer.append(json: text.utf8Span.span)
    #expect(contents(of: buffer) == Array(expected.utf8))
  }

  @Test func writesLiterals() {
    var buffer = ByteBuffer()
    buffer.append(json: "a literal with a < and a \" in it" as StaticString)
    #expect(contents(of: buffer) == Array(#""a literal with a \u003c and a \" in it""#.utf8))
  }

  @Test func escapesAtEveryPlaceOfEveryLength() throws {
    for length in 0...50 {
      for place in 0..<length {
        for byte in [0x00, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x3B, 0x3C, 0x3D, 0x5B, 0x5C, 0x5D, 0x7F] {
          var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
          text[place] = UInt8(byte)
          #expect(try roundTrip(text) == text)
          var buffer = ByteBuffer()
          buffer.append(json: text.span)
          #expect(!contents(of: buffer).contains { $0 < 0x20 || $0 == UInt8(ascii: "<") })
        }
      }
    }
  }

  @Test func readsBackWhatItWrites() throws {
    var generator = LinearGenerator(state: 1)
    for _ in 0..<2_000 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 0...60, using: &generator) {
        let isASCII = Bool.random(using: &generator)
        let value = UInt32.random(in: 0...(isASCII ? 0x7F : 0x10FFFF), using: &generator)
        if let scalar = Unicode.Scalar(value) { text += Array(String(Character(scalar)).utf8) }
      }
      #expect(try roundTrip(text) == text)
    }
  }

  private func roundTrip(_ text: [UInt8]) throws -> [UInt8] {
    var buffer = ByteBuffer()
    buffer.append(json: text.span)
    let written = contents(of: buffer)
    return Array(try #require(try JSONDocument(parsing: written).root.string).utf8)
  }

  @Test func writesObjectsInTheOrderGiven() {
    var buffer = ByteBuffer()
    var object = JSONObjectWriter()
    object.key("b", to: &buffer)
    buffer.append(decimal: 1)
    object.key("a", to: &buffer)
    buffer.append(json: "x")
    object.end(to: &buffer)
    JSONObjectWriter().end(to: &buffer)
    #expect(contents(of: buffer) == Array(#"{"b":1,"a":"x"}{}"#.utf8))
  }
}

/// Numbers that are the same in every run.
private struct LinearGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    // Knuth's MMIX constants; the high half is the better one, so that both halves come from it.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let high = state >> 32
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return high << 32 | state >> 32
  }
}
