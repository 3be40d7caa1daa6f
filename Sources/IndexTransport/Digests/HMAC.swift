internal import CCrypto

/// Keyed digests.
///
/// Source: RFC 2104.
public enum HMAC {
  /// The HMAC-SHA256 of bytes: 32 bytes.
  ///
  /// - Throws: `LibraryFailure` if libcrypto is missing.
  public static func sha256(
    key: borrowing Span<UInt8>,
    _ bytes: borrowing Span<UInt8>
  ) throws(LibraryFailure) -> [UInt8] {
    if let problem = unsafe ccrypto_load() {
      throw LibraryFailure(unsafe String(cString: problem))
    }
    var code = [UInt8](repeating: 0, count: 32)
    // An empty span has no address, and C wants one.
    let nothing: [UInt8] = [0]
    let (keyCount, count) = (key.count, bytes.count)
    let isDone = unsafe withPointers(key, bytes, orElse: nothing.span, &code) {
      key,
      bytes,
      output in
      unsafe ccrypto_hmac_sha256(key, keyCount, bytes, count, output) == 1
    }
    guard isDone else { throw LibraryFailure("libcrypto.so.3 makes no HMAC-SHA256") }
    return code
  }

  private static func withPointers(
    _ a: borrowing Span<UInt8>,
    _ b: borrowing Span<UInt8>,
    orElse nothing: borrowing Span<UInt8>,
    _ output: inout [UInt8],
    _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Bool
  ) -> Bool {
    var space = output.mutableSpan
    return unsafe nothing.withUnsafeBufferPointer { nothing in
      unsafe a.withUnsafeBufferPointer { a in
        unsafe b.withUnsafeBufferPointer { b in
          unsafe space.withUnsafeMutableBufferPointer { output in
            guard let nothing = nothing.baseAddress, let output = output.baseAddress else {
              return false
            }
            return unsafe body(a.baseAddress ?? nothing, b.baseAddress ?? nothing, output)
          }
        }
      }
    }
  }
}
