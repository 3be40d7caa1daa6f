import StrictJSON

/// A version as PEP 440 defines it, in its normal form.
///
/// Versions are ordered and equal as PEP 440 says: 1.0 equals 1.0.0, though each keeps its own
/// normal form.
public struct Version: Sendable {
  /// The normal form, in ASCII.
  public let text: [UInt8]
  /// Where the parts stand in ``text``.
  public let scan: VersionScan
  /// The key of `VersionScan.appendSortKey(of:to:)`.
  public let sortKey: [UInt8]

  /// Reads a version in any spelling that PEP 440 takes.
  ///
  /// - Parameter text: At most 65,535 bytes of ASCII; nil when PEP 440 refuses it.
  public init?(_ text: Span<UInt8>) {
    guard let scan = VersionScan.scan(text) else { return nil }
    var normal: [UInt8] = []
    scan.appendNormalized(of: text, to: &normal)
    // The normal form of a version may be longer than its text, so it has a limit of its own.
    guard let normalScan = VersionScan.scan(normal.span) else { return nil }
    var key: [UInt8] = []
    normalScan.appendSortKey(of: normal.span, to: &key)
    self.text = normal
    self.scan = normalScan
    sortKey = key
  }

  /// Reads a version in any spelling that PEP 440 takes.
  ///
  /// - Parameter text: At most 65,535 bytes of ASCII; nil when PEP 440 refuses it.
  public init?(_ text: String) {
    self.init(text.utf8Span.span)
  }

  /// Whether the version is an alpha, beta, candidate or development release.
  public var isPrerelease: Bool { scan.isPrerelease }

  /// The version without its local part, in its normal form.
  public var `public`: String {
    let end = scan.hasLocal ? scan.local.start - 1 : text.count
    return String(decoding: text[..<end], as: UTF8.self)
  }

  /// The epoch and the release alone, in their normal form.
  public var base: String {
    String(decoding: text[..<scan.release.end], as: UTF8.self)
  }

  /// The local part in its normal form, without its `+`; nil when there is none.
  public var local: String? {
    guard scan.hasLocal else { return nil }
    return String(decoding: text[scan.local.bounds], as: UTF8.self)
  }

  /// The numbers of the release, as decimal digits, since they have no limit.
  public var release: [String] {
    text[scan.release.bounds].split(separator: UInt8(ascii: "."))
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Version: Hashable, Comparable {
  /// Whether PEP 440 calls the versions equal, as it does 1.0 and 1.0.0.
  public static func == (left: Version, right: Version) -> Bool {
    left.sortKey == right.sortKey
  }

  /// Whether `left` comes before `right` in the order of PEP 440.
  public static func < (left: Version, right: Version) -> Bool {
    left.sortKey.lexicographicallyPrecedes(right.sortKey)
  }

  /// Hashes what equal versions have in common, their sort key.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sortKey)
  }
}

extension Version: CustomStringConvertible {
  /// The normal form.
  public var description: String { String(decoding: text, as: UTF8.self) }
}
