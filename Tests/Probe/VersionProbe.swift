import IndexModel

/// What the differential tests ask of versions and specifiers.
enum VersionProbe {
  /// The parts of one version, with tabs between them, or `invalid`.
  static func version(_ arguments: [[UInt8]]) -> String {
    guard let bytes = arguments.first, let version = Version(bytes.span),
      let scan = VersionScan.scan(bytes.span)
    else { return "invalid" }
    let flags = [
      scan.isPrerelease, scan.isDevelopment, scan.isPostrelease, scan.hasLocal,
      scan.isNormalized(bytes.span), version.scan.isNormalized(version.text.span),
    ]
    return [
      version.description,
      flags.map { $0 ? "1" : "0" }.joined(),
      version.public,
      version.base,
      version.release.joined(separator: ","),
      version.local ?? "-",
    ].joined(separator: "\t")
  }

  /// The order of the sort keys of two texts, PEP 440 or not: -1, 0 or 1.
  static func compare(_ arguments: [[UInt8]]) -> String {
    guard arguments.count == 2 else { return "usage: compare TEXT TEXT" }
    let keys = arguments.map { text in
      var key: [UInt8] = []
      _ = VersionScan.scan(text.span, appendingSortKeyTo: &key)
      return key
    }
    if keys[0] == keys[1] { return "0" }
    return keys[0].lexicographicallyPrecedes(keys[1]) ? "-1" : "1"
  }

  /// Whether a set contains a version: first asked of the text, then of the parsed version.
  static func specifier(_ arguments: [[UInt8]]) -> String {
    guard arguments.count == 3 else { return "usage: specifier SET VERSION PRERELEASES" }
    let clauses = arguments[0]
    let text = arguments[1]
    let prereleases = flag(arguments[2])
    do {
      let set = try VersionSpecifierSet(clauses.span)
      let ofText = set.contains(text.span, prereleases: prereleases)
      guard let version = Version(text.span) else { return "\(ofText)\t-" }
      return "\(ofText)\t\(set.contains(version, prereleases: prereleases))"
    } catch {
      return "error"
    }
  }

  /// The places of the versions that a set keeps, with commas between them.
  static func filter(_ arguments: [[UInt8]]) -> String {
    guard arguments.count >= 2 else { return "usage: filter SET PRERELEASES VERSION..." }
    let clauses = arguments[0]
    do {
      let set = try VersionSpecifierSet(clauses.span)
      let places = Array(arguments.indices.dropFirst(2))
      let kept = set.filter(places, prereleases: flag(arguments[1])) { place in
        let text = arguments[place]
        return set.match(text.span)
      }
      return kept.map { String($0 - 2) }.joined(separator: ",")
    } catch {
      return "error"
    }
  }

  /// `1` for true, `0` for false, anything else for nil.
  private static func flag(_ text: [UInt8]) -> Bool? {
    switch text {
    case [UInt8(ascii: "1")]: true
    case [UInt8(ascii: "0")]: false
    default: nil
    }
  }
}
