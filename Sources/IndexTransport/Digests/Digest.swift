internal import CCrypto

/// A digest of bytes that come piece by piece.
///
/// It uses the instructions of the processor where libcrypto does: for SHA-256 more than a gigabyte
/// a second on one core.
@safe
public struct Digest: ~Copyable {
  /// By what it is made.
  public let algorithm: DigestAlgorithm
  private let state: OpaquePointer

  /// Starts a digest.
  ///
  /// - Throws: `LibraryFailure` if libcrypto is missing, or knows no such digest.
  public init(_ algorithm: DigestAlgorithm = .sha256) throws(LibraryFailure) {
    if let problem = unsafe ccrypto_load() {
      throw LibraryFailure(unsafe String(cString: problem))
    }
    guard let state = unsafe ccrypto_digest_new(algorithm.rawValue) else {
      throw LibraryFailure("libcrypto.so.3 knows no \(algorithm.rawValue)")
    }
    self.algorithm = algorithm
    unsafe self.state = state
  }

  deinit { unsafe ccrypto_digest_free(state) }

  /// Adds the next bytes.
  public mutating func update(_ bytes: borrowing Span<UInt8>) {
    let isDone = unsafe bytes.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return true }
      return unsafe ccrypto_digest_update(state, start, source.count) == 1
    }
    precondition(isDone, "libcrypto takes bytes until a digest is finished")
  }

  /// Ends the digest; what is added next begins another one.
  ///
  /// - Returns: Its bytes.
  public mutating func finish() -> [UInt8] {
    var value = [UInt8](repeating: 0, count: 64)
    var space = value.mutableSpan
    let count = unsafe space.withUnsafeMutableBufferPointer { output in
      guard let start = output.baseAddress else { return 0 }
      return unsafe ccrypto_digest_finish(state, start)
    }
    precondition(count == algorithm.byteCount, "libcrypto ends each digest that it began")
    value.removeSubrange(count...)
    return value
  }

  /// The digest of bytes that are there as a whole.
  ///
  /// - Throws: `LibraryFailure` if libcrypto is missing, or knows no such digest.
  public static func of(
    _ bytes: borrowing Span<UInt8>,
    _ algorithm: DigestAlgorithm = .sha256
  ) throws(LibraryFailure) -> [UInt8] {
    var digest = try Digest(algorithm)
    digest.update(bytes)
    return digest.finish()
  }
}

extension Array where Element == UInt8 {
  /// The bytes as hexadecimal digits in lower case.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * count)
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
