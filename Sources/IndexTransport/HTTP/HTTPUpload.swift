internal import Glibc

/// A file that is sent as the body of a request, piece by piece.
///
/// The client's thread reads it while it sends it.
public final class HTTPUpload: Sendable {
  private let file: InputFile
  /// The number of its bytes.
  public let size: Int
  /// Its SHA-256 as 64 hexadecimal digits, which a signature may cover.
  public let sha256: String

  /// Sends a file.
  ///
  /// - Parameters:
  ///   - file: The file, which must not change meanwhile.
  ///   - size: How many of its bytes are sent.
  ///   - sha256: Their SHA-256 as 64 hexadecimal digits in lower case.
  public init(_ file: consuming InputFile, size: Int, sha256: String) {
    self.file = file
    self.size = size
    self.sha256 = sha256
  }

  /// Reads the bytes from an offset on, as many as there is room for.
  ///
  /// - Returns: Their number; `nil` if there are fewer than there should be, or none can be read.
  func copy(from offset: Int, to room: UnsafeMutableRawBufferPointer) -> Int? {
    let end = min(size, offset + room.count)
    do throws(IOFailure) {
      let part = try file.read(at: offset..<end)
      unsafe room.copyBytes(from: part)
      return part.count == end - offset ? part.count : nil
    } catch {
      return nil
    }
  }
}
