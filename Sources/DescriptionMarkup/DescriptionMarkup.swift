internal import CMarkdown
public import StrictJSON

/// Descriptions of projects as HTML.
public enum DescriptionMarkup {
  /// The longest description that is read as markup, in bytes; a longer one is shown as it is.
  static let maximumCount = 256 << 10
  /// How many bytes of HTML a description may become before it is shown as it is: a page should not
  /// become large by a text that is not.
  static let maximumOutput = 4 << 20

  /// Makes sure that the library is there which a format needs.
  ///
  /// - Parameter format: What descriptions are written in.
  /// - Throws: `MissingLibrary` if libmd4c is not installed and the format is Markdown.
  public static func prepare(_ format: DescriptionFormat) throws(MissingLibrary) {
    guard format == .markdown, let reason = unsafe cmarkdown_load() else { return }
    throw MissingLibrary(reason: unsafe String(cString: reason))
  }

  /// Appends a description as HTML that is safe on any page.
  ///
  /// A description that is longer than 256 KiB, or becomes longer than 4 MiB, is shown as it is, and
  /// so is Markdown without libmd4c.
  ///
  /// - Parameters:
  ///   - text: The description; bytes that are not UTF-8 become U+FFFD.
  ///   - format: What it is written in.
  ///   - output: Where the HTML goes.
  /// - Complexity: O(bytes).
  public static func append(
    _ text: borrowing Span<UInt8>,
    as format: DescriptionFormat,
    to output: inout ByteBuffer
  ) {
    let bytes = CleanText.bytes(of: text)
    let marked: MarkedText? =
      switch format {
      case _ where bytes.count > maximumCount: nil
      case .markdown: MarkdownReader.read(bytes)
      case .restructuredText: RestructuredTextReader.read(bytes)
      case .plain: nil
      }
    if let marked, HTMLWriter.append(marked, limit: maximumOutput, to: &output) { return }
    appendPlain(bytes, to: &output)
  }

  private static func appendPlain(_ bytes: [UInt8], to output: inout ByteBuffer) {
    // A browser leaves out the first line break in it.
    output.append("<pre>\n")
    output.append(escaping: bytes.span)
    output.append("</pre>\n")
  }
}
