import IndexRendering
import StrictJSON
import Testing

@Suite("Escapes")
struct EscapeTests {
  private func html(_ bytes: [UInt8]) -> String {
    var output = ByteBuffer()
    output.append(html: bytes.span)
    return String(decoding: output.span)
  }

  @Test(
    "Text for HTML is ASCII in which nothing is markup",
    arguments: [
      ("", ""), ("plain text ~", "plain text ~"), ("&<>\"'", "&amp;&lt;&gt;&#34;&#39;"),
      ("&amp;", "&amp;amp;"), ("a\tb\nc", "a&#9;b&#10;c"), ("\u{E9}", "&#233;"),
      ("\u{1F4E6}x\u{10FFFF}", "&#128230;x&#1114111;"), ("\u{D7FF}\u{E000}", "&#55295;&#57344;"),
      ("\0\u{1}\r\u{1B}\u{7F}", "&#65533;&#65533;&#65533;&#65533;&#65533;"),
      ("\u{80}\u{9F}\u{A0}", "&#65533;&#65533;&#160;"), ("</script>", "&lt;/script&gt;"),
    ]
  )
  func escapesHTML(_ text: String, _ expected: String) {
    #expect(html(Array(text.utf8)) == expected)
    var output = ByteBuffer()
    output.append(html: text)
    #expect(String(decoding: output.span) == expected)
  }

  @Test(
    "Bytes that are not UTF-8 become U+FFFD, and hide nothing behind them",
    arguments: [
      ([0xFF], 1), ([0x80], 1), ([0xC3], 1), ([0xE2, 0x82], 2), ([0xF0, 0x9F, 0x93], 3),
      ([0xC0, 0xBC], 2), ([0xC1, 0xBF], 2), ([0xE0, 0x80, 0x80], 3), ([0xE0, 0x80, 0xBC], 3),
      ([0xF0, 0x80, 0x80, 0xBC], 4), ([0xED, 0xA0, 0x80], 3), ([0xF4, 0x90, 0x80, 0x80], 4),
      ([0xF8, 0x88, 0x80, 0x80, 0x80], 5),
    ] as [([UInt8], Int)]
  )
  func replacesBadUTF8(_ bytes: [UInt8], _ count: Int) {
    let replacements = String(repeating: "&#65533;", count: count)
    #expect(html(bytes) == replacements)
    #expect(
      html(Array("<".utf8) + bytes + Array("<\u{E9}".utf8)) == "&lt;\(replacements)&lt;&#233;"
    )
  }

  @Test("No byte at all leaves anything but plain ASCII in HTML")
  func staysPlain() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let text = html([first, second])
        let isPlain = text.utf8.allSatisfy { byte in
          byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
            && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "'")
        }
        #expect(isPlain, "\(first) \(second)")
      }
    }
  }

  @Test("A path component keeps unreserved bytes alone")
  func escapesURLs() {
    for byte in UInt8.min...UInt8.max {
      var output = ByteBuffer()
      output.append(urlComponent: [byte].span)
      let scalar = Unicode.Scalar(byte)
      let isUnreserved =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || "-._~".unicodeScalars.contains(scalar)
      let digits = String(byte, radix: 16, uppercase: true)
      let escaped = "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      #expect(String(decoding: output.span) == (isUnreserved ? String(scalar) : escaped))
    }
  }
}
