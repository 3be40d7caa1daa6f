/// Bytes of which parts can be read, such as a file or what a server has at a URL.
public protocol ByteRangeReader: Sendable {
  /// How many bytes there are.
  var size: Int { get }

  /// Reads a part.
  ///
  /// - Parameter range: Offsets within 0 to ``size``.
  /// - Returns: As many bytes as the range has; fewer are taken for a cut.
  /// - Throws: What keeps the bytes away; readers of archives pass it on as it is.
  func bytes(in range: Range<Int>) async throws -> [UInt8]
}

/// Bytes in memory.
public struct MemoryRanges: ByteRangeReader {
  private let memory: [UInt8]

  /// Lets parts of `bytes` be read.
  public init(_ bytes: [UInt8]) { memory = bytes }

  /// How many bytes there are.
  public var size: Int { memory.count }

  /// Reads a part.
  public func bytes(in range: Range<Int>) -> [UInt8] {
    Array(memory[range.clamped(to: 0..<memory.count)])
  }
}

/// An open file.
public final class FileRanges: ByteRangeReader {
  /// The size that the file has or had.
  public let size: Int
  /// The file.
  public let file: InputFile

  /// Lets parts of a file be read.
  ///
  /// - Parameter size: Its size in bytes.
  public init(_ file: consuming InputFile, size: Int) {
    self.file = file
    self.size = size
  }

  /// Reads a part.
  ///
  /// - Throws: `IOFailure` if the file cannot be read.
  public func bytes(in range: Range<Int>) throws(IOFailure) -> [UInt8] { try file.read(at: range) }
}
