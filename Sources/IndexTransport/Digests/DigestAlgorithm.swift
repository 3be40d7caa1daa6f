/// The digests that libcrypto makes for Larder.
///
/// BLAKE2b of 256 bits is not among them: OpenSSL 3.0 makes the one of 512 bits only.
public enum DigestAlgorithm: String, Sendable, CaseIterable {
  case sha256, sha512, sha384, sha224, sha1, md5
  case blake2b = "blake2b512"

  /// The length of a digest in bytes.
  public var byteCount: Int {
    switch self {
    case .sha256: 32
    case .sha512, .blake2b: 64
    case .sha384: 48
    case .sha224: 28
    case .sha1: 20
    case .md5: 16
    }
  }
}
