/// A file without a name, which takes what is too much for memory.
///
/// It is gone when nobody holds it any more, also when the process is killed.
public final class UnnamedFile: Sendable {
  /// Where bytes are written.
  public let output: OutputFile
  /// The same file for reading.
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
}
