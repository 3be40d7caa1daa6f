public import StrictJSON

extension ByteBuffer {
  /// Appends text for an element or a double-quoted attribute of HTML, in ASCII.
  ///
  /// Non-ASCII characters become numeric references, since some clients read pages as ISO-8859-1.
  /// Control characters, which HTML cannot hold, and bytes that are not UTF-8 become U+FFFD.
  ///
  /// - Complexity: O(length); runs without special bytes are copied at once.
  public mutating func append(html text: borrowing Span<UInt8>) {
    var clean = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      if Self.isPlainHTML(byte) {
        index += 1
        continue
      }
      append(text.extracting(clean..<index))
      index += appendReference(text, at: index)
      clean = index
    }
    append(text.extracting(clean..<index))
  }

  /// Appends text for an element or a double-quoted attribute of HTML, in ASCII.
  public mutating func append(html text: String) { append(html: text.utf8Span.span) }

  @inline(__always)
  private static func isPlainHTML(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      false
    default: byte >= 0x20 && byte < 0x7F
    }
  }

  /// Appends one special character and says how many bytes it has.
  private mutating func appendReference(_ text: borrowing Span<UInt8>, at index: Int) -> Int {
    switch text[index] {
    case UInt8(ascii: "&"): append("&amp;")
    case UInt8(ascii: "<"): append("&lt;")
    case UInt8(ascii: ">"): append("&gt;")
    case UInt8(ascii: "\""): append("&#34;")
    case UInt8(ascii: "'"): append("&#39;")
    case UInt8(ascii: "\t"): append("&#9;")
    case UInt8(ascii: "\n"): append("&#10;")
    case 0x80...: return appendScalar(text, at: index)
    default: append("&#65533;")
    }
    return 1
  }

  private mutating func appendScalar(_ text: borrowing Span<UInt8>, at index: Int) -> Int {
    let lead = text[index]
    let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
    var scalar = UInt32(lead) & (count == 4 ? 0x07 : count == 3 ? 0x0F : 0x1F)
    var isValid = count > 1 && index + count <= text.count
    for place in 1..<max(count, 2) where isValid {
      let byte = text[index + place]
      isValid = byte & 0xC0 == 0x80
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = count == 4 ? 0x1_0000 : count == 3 ? 0x800 : 0x80
    isValid = isValid && scalar >= least && Unicode.Scalar(scalar) != nil
    guard isValid, !(0x80...0x9F).contains(scalar) else {
      append("&#65533;")
      return isValid ? count : 1
    }
    append("&#")
    append(decimal: Int(scalar))
    append(";")
    return count
  }

  /// Appends one component of a path, with every byte that is not unreserved percent-encoded.
  ///
  /// Source: RFC 3986, section 2.3. `+` is encoded too: object stores read it as a space.
  public mutating func append(urlComponent text: borrowing Span<UInt8>) {
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        append(byte)
      default:
        append(UInt8(ascii: "%"))
        append(Self.hexDigit(byte >> 4))
        append(Self.hexDigit(byte & 15))
      }
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
