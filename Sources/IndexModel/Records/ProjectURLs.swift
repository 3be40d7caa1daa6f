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
    while let end = list.firstIndex(of: 0, from: start),
      let next = list.firstIndex(of: 0, from: end + 1)
    {
      body(list.extracting(start..<end), list.extracting((end + 1)..<next))
      start = next + 1
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
    while let end = list.firstIndex(of: 0, from: start),
      let next = list.firstIndex(of: 0, from: end + 1)
    {
      if normalizedLabel(list.extracting(start..<end)).span.elementsEqual(kind) {
        return (end + 1)..<next
      }
      start = next + 1
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
    while let end = list.firstIndex(of: 0, from: start),
      let next = list.firstIndex(of: 0, from: end + 1)
    {
      if list.extracting(start..<end).elementsEqual(label) { return true }
      start = next + 1
    }
    return false
  }
}
