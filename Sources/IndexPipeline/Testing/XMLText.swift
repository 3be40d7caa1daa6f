/// Text as XML has it.
package enum XMLText {
  /// Text that stands in an attribute or in an element.
  package static func escaped(_ text: String) -> String {
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "&"): Array("&amp;".utf8)
      case UInt8(ascii: "<"): Array("&lt;".utf8)
      case UInt8(ascii: ">"): Array("&gt;".utf8)
      case UInt8(ascii: "\""): Array("&quot;".utf8)
      case 0x20..., 0x09, 0x0A, 0x0D: [byte]
      default: Array("\u{FFFD}".utf8)  // XML has no other control characters
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
