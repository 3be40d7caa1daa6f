import StrictJSON

/// The pages of a project, as ``Facts/projectURLs`` lists them: a label and a URL in turn, each ended
/// by a NUL byte.
public enum ProjectURLs {
  /// Calls `body` with the label and the URL of each page.
  public static func forEach(
    in list: borrowing Span<UInt8>,
    _ body: (_ label: Span<UInt8>, _ url: Span<UInt8>) -> Void
  ) {
    var start = 0
    while let (label, url) = next(in: list, from: &start) {
      body(list.extracting(label), list.extracting(url))
    }
  }

  /// Where the first URL lies whose label is of a well-known kind; empty if there is none.
  ///
  /// - Parameter kind: A label as ``normalizedLabel(_:)`` makes it, such as `homepage`.
  public static func url(
    of kind: StaticString,
    in list: borrowing Span<UInt8>
  ) -> Range<Int> {
    var start = 0
    while let (label, url) = next(in: list, from: &start) {
      if normalizedLabel(list.extracting(label)).span.elementsEqual(kind) { return url }
    }
    return 0..<0
  }

  /// A label without ASCII punctuation and white space, in lower case.
  ///
  /// Source: PEP 753, which compares labels so.
  public static func normalizedLabel(_ label: borrowing Span<UInt8>) -> [UInt8] {
    var normal: [UInt8] = []
    for index in label.indices {
      switch label[index] {
      case 0x09...0x0D, 0x20...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: break
      default: normal.append(label[index].lowercased)
      }
    }
    return normal
  }

  /// Whether a list has a label, byte for byte.
  static func contains(_ label: borrowing Span<UInt8>, in list: borrowing Span<UInt8>) -> Bool {
    var start = 0
    while let page = next(in: list, from: &start) {
      if list.extracting(page.label).elementsEqual(label) { return true }
    }
    return false
  }

  /// Where the label and the URL lie of the page at a place, which moves behind it.
  private static func next(
    in list: borrowing Span<UInt8>,
    from start: inout Int
  ) -> (label: Range<Int>, url: Range<Int>)? {
    guard let end = list.firstIndex(of: 0, from: start),
      let last = list.firstIndex(of: 0, from: end + 1)
    else { return nil }
    defer { start = last + 1 }
    return (start..<end, (end + 1)..<last)
  }
}
