/// One clause of a version specifier, such as `>=1.2` or `!=2.*` (PEP 440).
///
/// Every operator but `===` is a range of sort keys, so that versions are compared as bytes.
public struct VersionSpecifier: Hashable, Sendable {
  /// The operators of PEP 440.
  public enum Comparison: String, CaseIterable, Sendable {
    /// The same text, in any case.
    case arbitrary = "==="
    /// This version or a later one of the same series, which the last number does not belong to.
    case compatible = "~="
    /// This version, with any local part unless the clause names one; before `.*`, any version
    /// whose release starts so.
    case equal = "=="
    /// All that `==` does not match.
    case notEqual = "!="
    /// This version, with any local part, and all before it.
    case lessOrEqual = "<="
    /// This version and all after it.
    case greaterOrEqual = ">="
    /// All before this version, without its own pre-releases unless it is one.
    case less = "<"
    /// All after this version, without its own post-releases unless it is one.
    case greater = ">"
  }

  /// The operator.
  public let comparison: Comparison
  /// What stands after the operator, without spaces around it.
  public let operand: String
  /// Whether the clause names a pre-release and so asks for pre-releases; `!=` never does.
  public let mentionsPrerelease: Bool
  private let rule: Rule

  /// Reads one clause.
  ///
  /// - Parameter text: UTF-8, maybe with ASCII spaces around it.
  /// - Throws: `InvalidVersionSpecifier` when PEP 440 has no such clause.
  public init(_ text: Span<UInt8>) throws(InvalidVersionSpecifier) {
    try self.init(text, in: 0..<text.count)
  }

  /// Reads the clause in `bounds` of `text`.
  init(_ text: Span<UInt8>, in bounds: Range<Int>) throws(InvalidVersionSpecifier) {
    let clause = text.trimmedOfSpaces(in: bounds)
    guard let comparison = Comparison(startOf: text, in: clause) else {
      throw InvalidVersionSpecifier(text, clause)
    }
    let start = clause.lowerBound + comparison.rawValue.utf8.count
    let operand = text.trimmedOfSpaces(in: start..<clause.upperBound)
    guard let reading = comparison.rule(for: text.extracting(operand)) else {
      throw InvalidVersionSpecifier(text, clause)
    }
    self.comparison = comparison
    self.operand = String(decoding: text.bytes(in: operand), as: UTF8.self)
    mentionsPrerelease = reading.mentionsPrerelease
    rule = reading.rule
  }

  /// Whether the clause holds for a version, be it a pre-release or not.
  ///
  /// - Parameters:
  ///   - text: The version as it is written, PEP 440 or not; only `===` looks at it.
  ///   - sortKey: Its key, of `VersionScan` or `LegacyVersion`.
  /// - Returns: Whether it matches.
  public func matches(_ text: Span<UInt8>, sortKey: Span<UInt8>) -> Bool {
    switch rule {
    case .within(let range):
      return range.contains(sortKey)
    case .outside(let range):
      return !range.contains(sortKey) && sortKey.isKeyOfVersion
    case .text(let expected):
      guard text.count == expected.count else { return false }
      for place in 0..<text.count where text[place].lowercased != expected[place].lowercased {
        return false
      }
      return true
    }
  }
}

extension VersionSpecifier: CustomStringConvertible {
  /// The operator and what follows it, without spaces.
  public var description: String { comparison.rawValue + operand }
}

/// A text that is no clause of a version specifier.
public struct InvalidVersionSpecifier: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text, without the spaces around it.
  public let clause: String
  /// Where it starts, in bytes of the specifier that it is part of.
  public let offset: Int

  fileprivate init(_ text: Span<UInt8>, _ clause: Range<Int>) {
    self.clause = String(decoding: text.bytes(in: clause), as: UTF8.self)
    offset = clause.lowerBound
  }

  /// The error as a sentence for people.
  public var description: String { "'\(clause)' is not a version specifier" }
}

extension VersionSpecifier.Comparison {
  /// The operator that `text` starts with.
  fileprivate init?(startOf text: Span<UInt8>, in bounds: Range<Int>) {
    // No operator in the list of cases is the start of a later one.
    for candidate in Self.allCases {
      let end = bounds.lowerBound + candidate.rawValue.utf8.count
      if end <= bounds.upperBound, text.spells(candidate.rawValue, in: bounds.lowerBound..<end) {
        self = candidate
        return
      }
    }
    return nil
  }
}
