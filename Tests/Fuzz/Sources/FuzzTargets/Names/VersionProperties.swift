import IndexModel

/// Versions keep their order and their meaning in their normal form; so do specifiers.
///
/// The input is a specifier set, a version, and another version, on a line each.
enum VersionProperties {
  static func check(_ text: [UInt8]) {
    let (specifiers, rest) = text.firstLine
    let (left, right) = rest.firstLine
    for text in [specifiers, left] { checkNormalForm(text) }
    checkOrder(left, right)
    let set: VersionSpecifierSet
    do throws(InvalidVersionSpecifier) {
      set = try VersionSpecifierSet(specifiers.span)
    } catch {
      require((0...specifiers.count).contains(error.offset), "a clause is not in the text")
      return
    }
    if specifiers.isUTF8 {
      let written = set.clauses.map(\.description).joined(separator: ",")
      guard let again = try? VersionSpecifierSet(written) else { fatalError("\(written) is none") }
      require(again == set, "\(written) is another set")
    }
    checkMatches(set, left)
  }

  private static func checkNormalForm(_ text: [UInt8]) {
    guard let version = Version(text.span) else { return }
    guard let normal = Version(version.text.span) else { fatalError("\(version) is no version") }
    require(normal.text == version.text, "\(version) has another normal form")
    require(normal.sortKey == version.sortKey, "\(version) has another place")
    require(version.scan.isNormalized(version.text.span), "\(version) is not normal")
    var key: [UInt8] = []
    let scan = VersionScan.scan(text.span, appendingSortKeyTo: &key)
    require(scan != nil && key == version.sortKey, "the key of \(version) depends on its spelling")
    let parts = [version.public, version.local.map { "+" + $0 } ?? ""].joined()
    require(parts == version.description, "\(version) is not its parts")
    guard let exact = try? VersionSpecifierSet("===\(version)"),
      let equal = try? VersionSpecifierSet("==\(version)")
    else { fatalError("\(version) cannot be asked for") }
    require(exact.contains(version) && equal.contains(version), "\(version) is not itself")
  }

  private static func checkOrder(_ left: [UInt8], _ right: [UInt8]) {
    var (a, b): ([UInt8], [UInt8]) = ([], [])
    let scans = (
      VersionScan.scan(left.span, appendingSortKeyTo: &a),
      VersionScan.scan(right.span, appendingSortKeyTo: &b)
    )
    if a == b {
      require((scans.0 == nil) == (scans.1 == nil), "PEP 440 takes one of two equal versions")
    } else {
      require(!a.starts(with: b) && !b.starts(with: a), "a key is the start of another one")
    }
    if scans.0 == nil, scans.1 != nil {
      require(a.lexicographicallyPrecedes(b), "an old version is above one of PEP 440")
    }
  }

  private static func checkMatches(_ set: VersionSpecifierSet, _ text: [UInt8]) {
    guard let version = Version(text.span) else { return }
    let isOfText = set.clauses.contains { $0.comparison == .arbitrary }
    let (written, normal) = (set.contains(text.span), set.contains(version))
    require(isOfText || written == normal, "\(set) depends on the spelling of \(version)")
    if !set.mentionsPrerelease, set.contains(version, prereleases: false) {
      require(normal, "\(set) takes less if it may take more")
    }
    for clause in set.clauses where clause.comparison == .equal || clause.comparison == .notEqual {
      let opposite = clause.comparison == .equal ? "!=" : "=="
      guard let other = try? VersionSpecifierSet(opposite + clause.operand),
        let this = try? VersionSpecifierSet(clause.description)
      else { fatalError("\(clause) has no opposite") }
      require(
        this.contains(version) != other.contains(version),
        "\(version) is both or neither of \(this.clauses) and \(other.clauses)"
      )
    }
  }
}
