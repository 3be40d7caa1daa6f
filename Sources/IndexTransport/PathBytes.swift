// Paths are bytes followed by a NUL byte, as the kernel takes them: file names need not be UTF-8,
// and the paths of a batch of pages reach the kernel without a copy.

extension Array where Element == UInt8 {
  /// Creates the path of a text: its UTF-8 and a NUL byte.
  ///
  /// - Parameter text: A path. The kernel would see the part before a NUL byte in it only;
  ///   callers refuse such text with ``Swift/String/isPath``.
  public init(path text: String) {
    self = Array(text.utf8)
    append(0)
  }
}

extension String {
  /// Whether the text can be a path: it is not empty and holds no NUL byte.
  public var isPath: Bool { !isEmpty && !utf8.contains(0) }

  /// Creates the text of a path, without its NUL byte, with U+FFFD for what is not UTF-8.
  public init(path: borrowing Span<UInt8>) {
    var bytes: [UInt8] = []
    for index in 0..<path.count where path[index] != 0 { bytes.append(path[index]) }
    self.init(decoding: bytes, as: UTF8.self)
  }
}

extension Span where Element == UInt8 {
  /// Calls `body` with the path.
  ///
  /// - Precondition: The last byte is NUL, so that the kernel stays within the span.
  @inline(__always)
  func withPath(_ body: (UnsafePointer<UInt8>) -> Int) -> Int {
    precondition(count > 0 && self[count - 1] == 0, "a path ends with a NUL byte")
    return unsafe withUnsafeBufferPointer { bytes in
      guard let path = bytes.baseAddress else { return 0 }
      return unsafe body(path)
    }
  }
}
