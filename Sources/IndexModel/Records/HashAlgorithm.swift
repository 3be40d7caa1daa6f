import StrictJSON

/// The digest algorithms that index pages may name, strongest first.
///
/// The order is that of the `hashes` object: pip checks its first key only. Source: PEP 503 and
/// PEP 691, and what pip, uv, poetry and pdm accept of them.
public enum HashAlgorithm: UInt8, CaseIterable, Sendable {
  case sha256, sha512, sha384, sha224, sha1, md5

  /// The name in URLs and in JSON.
  public var name: StaticString {
    switch self {
    case .sha256: "sha256"
    case .sha512: "sha512"
    case .sha384: "sha384"
    case .sha224: "sha224"
    case .sha1: "sha1"
    case .md5: "md5"
    }
  }

  /// The length of a digest in hexadecimal digits.
  public var digitCount: Int {
    switch self {
    case .sha256: 64
    case .sha512: 128
    case .sha384: 96
    case .sha224: 56
    case .sha1: 40
    case .md5: 32
    }
  }

  /// Whether the algorithm may stand in the fragment of a link: uv refuses a whole page that
  /// names another there.
  public var isAllowedInFragment: Bool { self != .sha224 && self != .sha1 }

  /// Finds an algorithm by its name in lower case.
  public init?(_ name: borrowing Span<UInt8>) {
    for algorithm in Self.allCases where name.elementsEqual(algorithm.name) {
      self = algorithm
      return
    }
    return nil
  }
}
