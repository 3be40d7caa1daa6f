import StrictJSON

extension RenderOptions {
  /// The origin that pages must be allowed to load the logo from; nil if it is a file of the site, or
  /// stands in the page.
  var logoOrigin: String? {
    let bytes = logo.utf8Span.span
    let isRemote =
      bytes.startsIgnoringCase(with: "https://", at: 0)
      || bytes.startsIgnoringCase(with: "http://", at: 0)
    guard isRemote, var end = bytes.firstIndex(of: UInt8(ascii: "/"), from: 0) else { return nil }
    end += 2
    while end < bytes.count {
      switch bytes[end] {
      // Another byte would end the origin, or the whole rule.
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
        end += 1
      default: return String(decoding: bytes.extracting(0..<end))
      }
    }
    return String(decoding: bytes)
  }
}
