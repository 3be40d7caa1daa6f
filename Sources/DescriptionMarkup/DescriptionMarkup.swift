internal import CMarkdown
public import StrictJSON

/// Descriptions of projects as HTML.
public enum DescriptionMarkup {
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
    output.append("<pre>")
    for byte in String(decoding: text).utf8 {
      switch byte {
      case UInt8(ascii: "<"): output.append("&lt;")
      case UInt8(ascii: "&"): output.append("&amp;")
      case UInt8(ascii: ">"): output.append("&gt;")
      default: output.append(byte)
      }
    }
    output.append("</pre>\n")
  }
}
