/// Clauses that must all hold, as in `>=1.2, !=1.5.*` (PEP 440).
///
/// Pre-releases are treated as PyPI's `packaging` 26 does: a set that names one accepts all of
/// them; any other accepts them only where nothing else matches.
public struct VersionSpecifierSet: Hashable, Sendable {
  /// What a set has to say of one version.
  public enum Match: Sendable {
    /// A clause does not hold.
    case none
    /// All clauses hold for a pre-release.
    case prerelease
    /// All clauses hold for a version that is no pre-release.
    case release
    /// All clauses hold for a text that PEP 440 refuses.
    case legacy
  }

  /// The clauses, in the order of the text.
  public let clauses: [VersionSpecifier]

  /// Reads clauses with commas between them; no clause at all matches every version.
  ///
  /// - Parameter text: UTF-8. Spaces around clauses, and commas too many, mean nothing.
  /// - Throws: `InvalidVersionSpecifier` for the first clause that PEP 440 does not know.
  public init(_ text: Span<UInt8>) throws(InvalidVersionSpecifier) {
    var clauses: [VersionSpecifier] = []
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ",") { end += 1 }
      if !text.trimmedOfSpaces(in: start..<end).isEmpty {
        clauses.append(try VersionSpecifier(text, in: start..<end))
      }
      start = end + 1
    }
    self.clauses = clauses
  }

  /// Reads clauses with commas between them; no clause at all matches every version.
  ///
  /// - Parameter text: Spaces around clauses, and commas too many, mean nothing.
  /// - Throws: `InvalidVersionSpecifier` for the first clause that PEP 440 does not know.
  public init(_ text: String) throws(InvalidVersionSpecifier) {
    try self.init(text.utf8Span.span)
  }

  /// Whether a clause names a pre-release, and so asks for pre-releases.
  public var mentionsPrerelease: Bool { clauses.contains { $0.mentionsPrerelease } }

  /// What the clauses say of a version whose sort key is known.
  ///
  /// - Parameters:
  ///   - text: The version as it is written; only `===` looks at it.
  ///   - scan: Its parts, nil when PEP 440 refuses it.
  ///   - sortKey: Its key, of `VersionScan` or `LegacyVersion`.
  /// - Returns: Whether all clauses hold, and for what kind of version.
  public func match(
    _ text: Span<UInt8>,
    _ scan: VersionScan?,
    sortKey: Span<UInt8>
  ) -> Match {
    for clause in clauses where !clause.matches(text, sortKey: sortKey) { return .none }
    guard let scan else { return .legacy }
    return scan.isPrerelease ? .prerelease : .release
  }

  /// What the clauses say of a version.
  ///
  /// - Parameter text: The version as it is written, PEP 440 or not.
  /// - Returns: Whether all clauses hold, and for what kind of version.
  public func match(_ text: Span<UInt8>) -> Match {
    var key: [UInt8] = []
    let scan = VersionScan.scan(text, appendingSortKeyTo: &key)
    return match(text, scan, sortKey: key.span)
  }

  /// What the clauses say of a version in its normal form.
  ///
  /// - Parameter version: The version; `===` is asked about its normal form.
  /// - Returns: Whether all clauses hold, and for what kind of version.
  public func match(_ version: Version) -> Match {
    match(version.text.span, version.scan, sortKey: version.sortKey.span)
  }

  /// Whether the set accepts a version on its own.
  ///
  /// - Parameters:
  ///   - text: The version as it is written, PEP 440 or not.
  ///   - prereleases: False to refuse pre-releases; as the version is alone, nil accepts them.
  /// - Returns: Whether the version is accepted.
  public func contains(_ text: Span<UInt8>, prereleases: Bool? = nil) -> Bool {
    accepts(match(text), prereleases: prereleases)
  }

  /// Whether the set accepts a version on its own.
  ///
  /// - Parameters:
  ///   - version: The version; `===` is asked about its normal form.
  ///   - prereleases: False to refuse pre-releases; as the version is alone, nil accepts them.
  /// - Returns: Whether the version is accepted.
  public func contains(_ version: Version, prereleases: Bool? = nil) -> Bool {
    accepts(match(version), prereleases: prereleases)
  }

  /// The versions that the set accepts, in their order.
  ///
  /// - Parameters:
  ///   - versions: The versions to choose from.
  ///   - prereleases: Whether pre-releases are accepted; nil leaves it to the set.
  /// - Returns: Some of `versions`.
  public func filter(_ versions: [Version], prereleases: Bool? = nil) -> [Version] {
    filter(versions, prereleases: prereleases) { match($0) }
  }

  /// The items whose versions the set accepts, in their order.
  ///
  /// - Parameters:
  ///   - items: The items to choose from, such as all files of a project.
  ///   - prereleases: Whether pre-releases are accepted; nil leaves it to the set.
  ///   - match: What a `match` method of this set says of the version of an item.
  /// - Returns: Some of `items`.
  public func filter<Item>(
    _ items: [Item],
    prereleases: Bool? = nil,
    match: (Item) -> Match
  ) -> [Item] {
    let matches = items.map(match)
    let choice =
      prereleases ?? (mentionsPrerelease || !matches.contains { $0 == .release })
    return zip(items, matches).compactMap { item, match in
      accepts(match, prereleases: choice) ? item : nil
    }
  }

  private func accepts(_ match: Match, prereleases: Bool?) -> Bool {
    switch match {
    case .none: false
    case .prerelease: prereleases ?? true
    case .release, .legacy: true
    }
  }
}

extension VersionSpecifierSet: CustomStringConvertible {
  /// The clauses with commas between them, without spaces.
  public var description: String { clauses.map(\.description).joined(separator: ",") }
}
