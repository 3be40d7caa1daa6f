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

/// The digests of one distribution, each `name=digits` in lower case, separated by `;`.
///
/// The known algorithms come first, in their order; digests by others follow by name. As one text
/// they are compared and copied at once.
public enum DigestList {
  /// Why a digest cannot be listed.
  public enum Problem: Error, Sendable {
    /// There is not exactly one `=`, or nothing on one of its sides.
    case notNameAndValue
    /// The value is not hexadecimal, or has not the length that its algorithm makes.
    case wrongDigits
  }

  /// Checks one digest and writes it in lower case.
  ///
  /// - Throws: `Problem` if an installer could not use it.
  public static func appendNormalized(
    name: borrowing Span<UInt8>,
    value: borrowing Span<UInt8>,
    to output: inout [UInt8]
  ) throws(Problem) {
    guard !name.isEmpty, !value.isEmpty else { throw .notNameAndValue }
    for index in name.indices where !name[index].isWord {
      guard name[index] == UInt8(ascii: "-") else { throw .notNameAndValue }
    }
    let start = output.count
    for index in name.indices { output.append(name[index].lowercased) }
    let algorithm = HashAlgorithm(output.span.extracting(start...))
    guard value.count == algorithm?.digitCount ?? value.count else { throw .wrongDigits }
    output.append(UInt8(ascii: "="))
    for index in value.indices {
      guard value[index].isHexDigit else { throw .wrongDigits }
      output.append(value[index].lowercased)
    }
  }

  /// Appends the list of `digests`, each as ``appendNormalized(name:value:to:)`` writes it.
  static func append(_ digests: [[UInt8]], to output: inout [UInt8]) {
    let sorted = digests.sorted { a, b in
      let (rankA, rankB) = (rank(a.span), rank(b.span))
      return rankA == rankB ? a.span.lexicographicallyPrecedes(b.span) : rankA < rankB
    }
    for (index, digest) in sorted.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ";")) }
      output.append(contentsOf: digest)
    }
  }

  private static func rank(_ digest: borrowing Span<UInt8>) -> UInt8 {
    guard let equals = digest.firstIndex(of: UInt8(ascii: "="), from: 0) else { return .max }
    return HashAlgorithm(digest.extracting(..<equals))?.rawValue ?? .max
  }

  /// Calls `body` with the name and the value of each digest of `list`.
  @inline(__always)
  public static func forEach(
    in list: borrowing Span<UInt8>,
    _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void
  ) {
    var start = 0
    while start < list.count {
      guard let equals = list.firstIndex(of: UInt8(ascii: "="), from: start) else { return }
      let end = list.firstIndex(of: UInt8(ascii: ";"), from: equals) ?? list.count
      body(list.extracting(start..<equals), list.extracting((equals + 1)..<end))
      start = end + 1
    }
  }
}
