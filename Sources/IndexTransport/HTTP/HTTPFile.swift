internal import Glibc

/// A file without a name that takes the content of an answer, so that it is never in memory as a
/// whole.
///
/// The client's thread writes it, and does nothing else with the bytes: what they are, others find
/// out after all of them came. The file is gone when nobody holds it any more.
public final class HTTPFile: Sendable {
  private let output: OutputFile
  /// What came, to be read after the answer.
  public let content: InputFile

  /// Makes a file.
  ///
  /// - Parameter folder: Where there is room for it.
  /// - Throws: `IOFailure` if the folder is missing, or cannot be written.
  public init(in folder: String) throws(IOFailure) {
    let directory = try Directory.open([UInt8](path: folder).span)
    let number = UInt64.random(in: .min ... .max)
    let name = [UInt8](path: ".larder-\(String(number, radix: 36)).part")
    output = try directory.create(name.span, mode: 0o600)
    do throws(IOFailure) {
      content = try directory.input(name.span)
    } catch {
      try directory.removeFile(name.span)
      throw error
    }
    try directory.removeFile(name.span)
  }

  func take(_ bytes: borrowing Span<UInt8>) throws(IOFailure) { try output.write(bytes) }
}
