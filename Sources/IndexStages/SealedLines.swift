import IndexTransport
import StrictJSON

/// The form of a file of lines in a cache: a line that names the writer comes first, the SHA-256 of
/// all others last, so that no damage goes unseen.
enum SealedLines {
  /// The bytes of a digest and its newline.
  private static var sealSize: Int { 65 }

  /// Where the lines lie between the first and the last, each ended by a newline.
  ///
  /// - Returns: nil if a byte is not what was written.
  static func lines(
    of bytes: [UInt8],
    title: String
  ) throws(LibraryFailure) -> Range<Int>? {
    let end = bytes.count - sealSize
    let start = title.utf8.count + 1
    guard end >= start, bytes[..<start].elementsEqual("\(title)\n".utf8) else { return nil }
    let digest = try Digest.of(bytes.span.extracting(..<end)).hexadecimal
    return bytes[end...].elementsEqual("\(digest)\n".utf8) ? start..<end : nil
  }

  /// Makes such a file.
  ///
  /// - Parameter body: Appends the lines.
  static func file(
    title: String,
    _ body: (inout ByteBuffer) -> Void
  ) throws(LibraryFailure) -> ByteBuffer {
    var text = ByteBuffer()
    text.append(utf8: title)
    text.append("\n")
    body(&text)
    let digest = try Digest.of(text.span).hexadecimal
    text.append(utf8: digest)
    text.append("\n")
    return text
  }
}
