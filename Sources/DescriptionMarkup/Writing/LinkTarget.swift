internal import StrictJSON

/// Where a link leads, if it may lead there.
enum LinkTarget {
  /// Another site, or a mailbox.
  case elsewhere
  /// A heading of the description; the name without the `#`, with escapes decoded.
  case heading([UInt8])

  /// How long the URL of a link may be, in bytes.
  static let maximumCount = 2048

  /// Reads a URL; `nil` if it may be no link.
  ///
  /// Schemes are named, not excluded, and there must be no control byte or space: browsers take
  /// these out of `java\tscript:`, and then it is a script. What is relative is relative to a place
  /// that this page is not at. A host or a mailbox does not begin with punctuation.
  init?(_ url: borrowing Span<UInt8>) {
    guard url.count <= Self.maximumCount else { return nil }
    for index in 0..<url.count where url[index] <= 0x20 || url[index] == 0x7F { return nil }
    if url.count > 1, url[0] == UInt8(ascii: "#") {
      self = .heading(Self.decoded(url.extracting(1..<url.count)))
      return
    }
    guard let scheme = url.linkScheme() else { return nil }
    let start = scheme.utf8CodeUnitCount
    guard start < url.count, !url[start].isPunctuation || url[start] == UInt8(ascii: "[") else {
      return nil
    }
    self = .elsewhere
  }

  private static func decoded(_ text: borrowing Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
        let high = text[index + 1].hexDigit, let low = text[index + 2].hexDigit
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return bytes
  }
}

extension Span<UInt8> {
  /// The scheme of a URL at a place that runs nothing where it is followed; nil for all others.
  package func linkScheme(at start: Int = 0) -> StaticString? {
    let schemes: [StaticString] = ["https://", "http://", "mailto:"]
    return schemes.first { startsIgnoringCase(with: $0, at: start) }
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  var hexDigit: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
