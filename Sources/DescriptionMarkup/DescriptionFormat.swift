internal import StrictJSON

/// What a description is written in.
public enum DescriptionFormat: Hashable, Sendable {
  /// Markdown, as GitHub writes it.
  case markdown
  /// The markup of docutils.
  case restructuredText
  /// Text that means nothing but itself.
  case plain
}

extension DescriptionFormat {
  /// Reads a `Description-Content-Type`, such as `text/markdown; charset=UTF-8; variant=GFM`.
  ///
  /// What is not said is reStructuredText, and what is not known is plain, as PyPI takes them
  /// (readme_renderer).
  ///
  /// - Parameter contentType: The value of the field; empty if there is none.
  public init(contentType: borrowing Span<UInt8>) {
    var start = 0
    var end = contentType.offset(of: UInt8(ascii: ";"))
    while start < end, contentType[start] <= 0x20 { start += 1 }
    while end > start, contentType[end - 1] <= 0x20 { end -= 1 }
    let type = contentType.extracting(start..<end)
    if type.isEmpty || type.equalsIgnoringCase("text/x-rst") {
      self = .restructuredText
    } else if type.equalsIgnoringCase("text/markdown") {
      self = .markdown
    } else {
      self = .plain
    }
  }
}
