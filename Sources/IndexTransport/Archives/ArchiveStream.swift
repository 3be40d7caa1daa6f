internal import CArchive

/// An archive that libarchive reads from its first byte on.
@safe
struct ArchiveStream: ~Copyable {
  private let archive: OpaquePointer

  private init(_ archive: OpaquePointer?) throws(ArchiveProblem) {
    guard let archive = unsafe archive else { throw ArchiveProblem(.library, "no memory") }
    unsafe self.archive = archive
  }

  deinit { unsafe carchive_free(archive) }

  private static func load() throws(ArchiveProblem) {
    guard let problem = unsafe carchive_load() else { return }
    throw ArchiveProblem(.library, unsafe String(cString: problem))
  }

  /// Reads a tar archive, however it is compressed, from where the file was read to.
  static func reading<Value>(
    tar file: borrowing InputFile,
    _ body: (inout ArchiveStream) throws(ArchiveProblem) -> Value
  ) throws(ArchiveProblem) -> Value {
    try load()
    var stream = try unsafe ArchiveStream(carchive_new_tar())
    guard unsafe carchive_open_file(stream.archive, file.descriptor) == 1 else {
      throw stream.problem
    }
    return try body(&stream)
  }

  /// Reads a tar archive, however it is compressed, or a zip archive by the headers of its members,
  /// from where the file was read to.
  static func reading<Value>(
    any file: borrowing InputFile,
    _ body: (inout ArchiveStream) throws(ArchiveProblem) -> Value
  ) throws(ArchiveProblem) -> Value {
    try load()
    var stream = try unsafe ArchiveStream(carchive_new_any())
    guard unsafe carchive_open_file(stream.archive, file.descriptor) == 1 else {
      throw stream.problem
    }
    return try body(&stream)
  }

  /// Reads a tar archive in memory, however it is compressed.
  static func reading<Value>(
    tar bytes: borrowing Span<UInt8>,
    _ body: (inout ArchiveStream) throws(ArchiveProblem) -> Value
  ) throws(ArchiveProblem) -> Value {
    try load()
    return try reading(bytes, try unsafe ArchiveStream(carchive_new_tar()), body)
  }

  /// Reads a zip archive in memory by the headers of its members.
  static func reading<Value>(
    zip bytes: borrowing Span<UInt8>,
    _ body: (inout ArchiveStream) throws(ArchiveProblem) -> Value
  ) throws(ArchiveProblem) -> Value {
    try load()
    return try reading(bytes, try unsafe ArchiveStream(carchive_new_zip()), body)
  }

  private static func reading<Value>(
    _ bytes: borrowing Span<UInt8>,
    _ stream: consuming ArchiveStream,
    _ body: (inout ArchiveStream) throws(ArchiveProblem) -> Value
  ) throws(ArchiveProblem) -> Value {
    var stream = stream
    return try unsafe bytes.withUnsafeBufferPointer { source throws(ArchiveProblem) in
      guard let start = source.baseAddress,
        unsafe carchive_open_memory(stream.archive, start, source.count) == 1
      else { throw stream.problem }
      return try body(&stream)
    }
  }

  /// Goes to the next entry.
  ///
  /// - Returns: Whether there is one.
  mutating func next() throws(ArchiveProblem) -> Bool {
    let result = unsafe carchive_next(archive)
    if result < 0 { throw problem }
    return result == 1
  }

  /// The path of the entry, empty if it has none that can be told.
  var path: [UInt8] {
    guard let path = unsafe carchive_path(archive) else { return [] }
    return unsafe Array(String(cString: path).utf8)
  }

  /// Whether the entry is a regular file with content of its own.
  var isFile: Bool { unsafe carchive_is_file(archive) == 1 }

  /// The bytes of its content.
  var size: Int { Int(unsafe carchive_size(archive)) }

  /// The bytes of the archive that were decompressed so far.
  var decompressedCount: Int { Int(unsafe carchive_decompressed(archive)) }

  /// Whether a tar archive says that it ends here, after ``next()`` found no further entry.
  var ends: Bool { unsafe carchive_ends(archive) == 1 }

  /// Whether it is a zip archive.
  var isZip: Bool { unsafe carchive_is_zip(archive) == 1 }

  /// Reads the content of the entry.
  ///
  /// - Parameter limit: The most bytes that it may have.
  mutating func content(upTo limit: Int) throws(ArchiveProblem) -> [UInt8] {
    var content: [UInt8] = []
    while true {
      let rest = min(1 << 16, limit + 1 - content.count)
      var result = 0
      content.append(addingCapacity: rest) { (space: inout OutputSpan<UInt8>) in
        unsafe space.withUnsafeMutableBufferPointer { free, count in
          guard let start = free.baseAddress else { return }
          unsafe result = carchive_read(archive, start, rest)
          count = max(result, 0)
        }
      }
      if result < 0 { throw problem }
      if result == 0 { return content }
      if content.count > limit { throw ArchiveProblem(.damaged, "a file is larger than it says") }
    }
  }

  /// What libarchive says of the last error.
  private var problem: ArchiveProblem {
    let text = unsafe carchive_problem(archive).map { unsafe String(cString: $0) }
    let line = text?.split(separator: "\n").first.map { String($0) }
    return ArchiveProblem(.damaged, line ?? "")
  }
}
