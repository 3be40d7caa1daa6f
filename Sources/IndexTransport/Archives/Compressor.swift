internal import CCompression

/// The ways in which archives are compressed.
public enum CompressionMethod: Sendable {
  /// A deflated member of a zip archive, by libdeflate.
  case deflate
  /// A member of a gzip file, by libdeflate.
  case gzip
  /// A frame of a zstd file, with its checksum, by libzstd.
  case zstd
  /// A stream of an xz file, with its CRC64, by liblzma.
  case xz

  var inC: ccompression_method {
    switch self {
    case .deflate: CCOMPRESSION_DEFLATE
    case .gzip: CCOMPRESSION_GZIP
    case .zstd: CCOMPRESSION_ZSTD
    case .xz: CCOMPRESSION_XZ
    }
  }
}

/// Compresses pieces of bytes, each for itself.
///
/// What several pieces of one method become may be put one after the other: gzip members, zstd
/// frames and xz streams are then one file. The same bytes become the same bytes, on any machine
/// with the same version of the library.
@safe
public struct Compressor: ~Copyable {
  private let state: OpaquePointer

  /// Makes a compressor.
  ///
  /// - Parameters:
  ///   - method: How it compresses.
  ///   - level: How hard: 1 to 12 for deflate and gzip, 1 to 22 for zstd, 0 to 9 for xz.
  /// - Throws: `LibraryFailure` if the library is missing, or has no such level.
  public init(_ method: CompressionMethod, level: Int) throws(LibraryFailure) {
    if let problem = unsafe ccompression_load(method.inC) {
      throw LibraryFailure(unsafe String(cString: problem))
    }
    guard let state = unsafe ccompression_new(method.inC, Int32(clamping: level)) else {
      throw LibraryFailure("there is no level \(level) of \(method), or no memory for it")
    }
    unsafe self.state = state
  }

  deinit { unsafe ccompression_free(state) }

  /// Compresses bytes.
  ///
  /// - Parameters:
  ///   - bytes: All of one piece.
  ///   - output: What the compressed piece is appended to.
  /// - Throws: `LibraryFailure` if there is no memory for it.
  public func compress(
    _ bytes: borrowing Span<UInt8>,
    into output: inout [UInt8]
  ) throws(LibraryFailure) {
    let capacity = unsafe ccompression_bound(state, bytes.count)
    var written = 0
    output.append(addingCapacity: capacity) { (space: inout OutputSpan<UInt8>) in
      unsafe space.withUnsafeMutableBufferPointer { free, count in
        unsafe written = bytes.withPointer {
          guard let target = free.baseAddress else { return 0 }
          return unsafe ccompression_run(state, $0, bytes.count, target, capacity)
        }
        count = written
      }
    }
    guard written > 0 else { throw LibraryFailure("no memory to compress \(bytes.count) bytes") }
  }
}

extension CompressionMethod {
  /// Whether bytes are what others become when they are compressed; by gzip and zstd only.
  ///
  /// - Parameters:
  ///   - compressed: One member of gzip, or frames of zstd.
  ///   - bytes: What must be in them, and no more.
  /// - Throws: `LibraryFailure` if the library is missing.
  public func expands(
    _ compressed: borrowing Span<UInt8>,
    to bytes: borrowing Span<UInt8>
  ) throws(LibraryFailure) -> Bool {
    if let problem = unsafe ccompression_load(inC) {
      throw LibraryFailure(unsafe String(cString: problem))
    }
    let (count, capacity) = (compressed.count, bytes.count)
    var (expanded, size) = ([UInt8](), -1)
    expanded.append(addingCapacity: capacity + 1) { (space: inout OutputSpan<UInt8>) in
      unsafe space.withUnsafeMutableBufferPointer { free, written in
        guard let target = free.baseAddress else { return }
        size = unsafe compressed.withPointer {
          unsafe Int(clamping: ccompression_expand(inC, $0, count, target, capacity))
        }
        written = min(max(size, 0), capacity)
      }
    }
    return size == capacity && expanded.span.isEqual(to: bytes)
  }
}

extension Compressor {
  /// The CRC-32 that zip archives keep of their members.
  ///
  /// - Throws: `LibraryFailure` if libdeflate is missing.
  public static func crc32(_ bytes: borrowing Span<UInt8>) throws(LibraryFailure) -> UInt32 {
    if let problem = unsafe ccompression_load(CCOMPRESSION_DEFLATE) {
      throw LibraryFailure(unsafe String(cString: problem))
    }
    let count = bytes.count
    return unsafe bytes.withPointer { unsafe ccompression_crc32($0, count) }
  }
}

extension Span where Element == UInt8 {
  /// Calls `body` with where the bytes are, also where there are none.
  fileprivate func withPointer<Value>(_ body: (UnsafePointer<UInt8>) -> Value) -> Value {
    var nothing: UInt8 = 0
    return unsafe withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return unsafe body(&nothing) }
      return unsafe body(start)
    }
  }
}
