/// A file without a name that takes the content of an answer, so that it is never in memory as a
/// whole.
///
/// The client's thread writes it, and does nothing else with the bytes: what they are, others find
/// out after all of them came. The file is gone when nobody holds it any more.
public final class HTTPFile: Sendable {
  private let file: UnnamedFile

  /// What came, to be read after the answer.
  public var content: InputFile {
    _read { yield file.content }
  }

  /// Makes a file.
  ///
  /// - Parameter folder: Where there is room for it.
  /// - Throws: `IOFailure` if the folder is missing, or cannot be written.
  public init(in folder: String) throws(IOFailure) { file = try UnnamedFile(in: folder) }

  func take(_ bytes: borrowing Span<UInt8>) throws(IOFailure) { try file.output.write(bytes) }
}
