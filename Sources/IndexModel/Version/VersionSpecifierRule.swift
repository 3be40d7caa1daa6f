import StrictJSON

/// A range of sort keys, from `lower` up to `upper`, which does not belong.
struct SortKeyRange: Hashable, Sendable {
  let lower: [UInt8]
  let upper: [UInt8]

  /// Below the keys of all versions that PEP 440 takes, above those that it refuses.
  static let floor = [VersionKeyMark.number.rawValue]
  /// Above the keys of all versions.
  static let top = [VersionKeyMark.afterNumbers.rawValue]

  func contains(_ key: Span<UInt8>) -> Bool {
    let isBelow = key.lexicographicallyPrecedes(lower.span)
    let isAbove = !key.lexicographicallyPrecedes(upper.span)
    return !isBelow && !isAbove
  }
}

extension VersionSpecifier {
  /// What versions match a clause.
  enum Rule: Hashable, Sendable {
    /// The versions in a range.
    case within(SortKeyRange)
    /// The versions that PEP 440 takes and that are not in a range.
    case outside(SortKeyRange)
    /// Texts that differ from this one in the case of ASCII letters at most.
    case text([UInt8])
  }
}

extension VersionSpecifier.Comparison {
  /// Which versions match, and whether the operand asks for pre-releases.
  ///
  /// - Parameter operand: What stands after the operator, without spaces around it.
  /// - Returns: Nil when the operator does not take the operand.
  func rule(
    for operand: Span<UInt8>
  ) -> (rule: VersionSpecifier.Rule, mentionsPrerelease: Bool)? {
    if self == .arbitrary {
      guard operand.isArbitraryOperand else { return nil }
      let mentionsPrerelease = VersionScan.scan(operand)?.isPrerelease ?? false
      return (.text(operand.bytes(in: 0..<operand.count)), mentionsPrerelease)
    }
    let isStarred = operand.endsWithStar
    let text = isStarred ? operand.extracting(droppingLast: 2) : operand
    guard let scan = VersionScan.scan(text),
      let range = isStarred ? prefixRange(scan, of: text) : range(scan, of: text)
    else { return nil }
    return self == .notEqual
      ? (.outside(range), false) : (.within(range), !isStarred && scan.isPrerelease)
  }

  /// The versions whose release starts as this one, with zeros added where it is shorter.
  private func prefixRange(_ scan: VersionScan, of text: Span<UInt8>) -> SortKeyRange? {
    guard self == .equal || self == .notEqual, scan.release.end == text.count else {
      return nil
    }
    return SortKeyRange(
      lower: scan.bound(.development, of: text),
      upper: scan.boundAfterRelease(of: text)
    )
  }

  /// The versions that this operator matches, for `!=` those that it does not.
  private func range(_ scan: VersionScan, of text: Span<UInt8>) -> SortKeyRange? {
    if scan.hasLocal { return localRange(scan, of: text) }
    let this = scan.bound(.end, of: text)
    let afterLocals = scan.bound(.afterLocals, of: text)
    switch self {
    case .compatible:
      guard let series = scan.droppingLastNumber(of: text) else { return nil }
      return SortKeyRange(lower: this, upper: series.boundAfterRelease(of: text))
    case .equal, .notEqual:
      return SortKeyRange(lower: this, upper: afterLocals)
    case .lessOrEqual:
      return SortKeyRange(lower: SortKeyRange.floor, upper: afterLocals)
    case .greaterOrEqual:
      return SortKeyRange(lower: this, upper: SortKeyRange.top)
    case .less:
      let upper = scan.isPrerelease ? this : scan.bound(.development, of: text)
      return SortKeyRange(lower: SortKeyRange.floor, upper: upper)
    case .greater:
      let hasNoPosts = scan.isPostrelease || scan.isDevelopment
      let lower = hasNoPosts ? afterLocals : scan.bound(.afterPosts, of: text)
      return SortKeyRange(lower: lower, upper: SortKeyRange.top)
    case .arbitrary:
      return nil
    }
  }

  /// Only `==` and `!=` take local versions, and then mean one version.
  private func localRange(_ scan: VersionScan, of text: Span<UInt8>) -> SortKeyRange? {
    guard self == .equal || self == .notEqual else { return nil }
    var key: [UInt8] = []
    scan.appendSortKey(of: text, to: &key)
    // No key is the start of another, so nothing else lies below the key and one more byte.
    return SortKeyRange(lower: key, upper: key + [0])
  }
}

extension VersionScan {
  /// The public version followed by `mark`, which a bound may end with.
  fileprivate func bound(_ mark: VersionKeyMark, of text: Span<UInt8>) -> [UInt8] {
    [UInt8](capacity: Self.sortKeyCapacity(of: text)) { key in
      appendPublicKey(of: text, to: &key)
      key.append(mark: mark)
    }
  }

  /// A bound above all versions whose release starts with this one.
  fileprivate func boundAfterRelease(of text: Span<UInt8>) -> [UInt8] {
    [UInt8](capacity: Self.sortKeyCapacity(of: text)) { key in
      appendReleaseKey(of: text, keepingZeros: true, to: &key)
      key.append(mark: .afterNumbers)
    }
  }

  /// The epoch and the release without its last number; nil when it has only one.
  fileprivate func droppingLastNumber(of text: Span<UInt8>) -> VersionScan? {
    var series = VersionScan()
    series.epoch = epoch
    for place in release.bounds.reversed() where text[place] == UInt8(ascii: ".") {
      series.release = VersionRange(release.start..<place)
      return series
    }
    return nil
  }
}

extension Span<UInt8> {
  /// Whether this sort key is one of a version that PEP 440 takes.
  var isKeyOfVersion: Bool { count > 0 && self[0] >= VersionKeyMark.number.rawValue }

  fileprivate var endsWithStar: Bool {
    count > 1 && self[count - 2] == UInt8(ascii: ".") && self[count - 1] == UInt8(ascii: "*")
  }

  /// Whether `===` may stand before these bytes: PEP 508 needs the rest for itself.
  fileprivate var isArbitraryOperand: Bool {
    for place in 0..<count {
      let byte = self[place]
      if byte.isSpace || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ")") { return false }
    }
    return true
  }
}
