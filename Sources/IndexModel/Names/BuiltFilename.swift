import StrictJSON

/// Where the project and the version lie in the stem of an egg or an RPM package that keeps to the
/// grammar of its format.
///
/// `{name}-{version}-py{X.Y}[-{platform}]` and `{name}-{version}-{release}.{architecture}`. The
/// guess alone would take `2.7` or the release for the version where the version has no dot. Where
/// the guess finds a version of PEP 440, or none at all, it stands: dumb-pypi lists the file so.
struct BuiltFilename {
  /// The end of the project's name.
  let nameEnd: Int
  /// The version, one of PEP 440.
  let version: Range<Int>

  /// - Returns: `nil` for other formats, if the guess stands, and if the version is not one of
  ///   PEP 440.
  init?(stem: borrowing Span<UInt8>, kind: DistributionKind) {
    guard kind == .egg || kind == .rpm else { return nil }
    let whole = FilenameGuess(stem: stem).version
    guard !whole.isEmpty, VersionScan.scan(stem.extracting(whole)) == nil else { return nil }
    switch kind {
    case .egg:
      guard let python = Self.pythonHyphen(in: stem) else { return nil }
      let guess = FilenameGuess(stem: stem.extracting(..<python))
      (nameEnd, version) = (guess.nameEnd, guess.version)
    case .rpm:
      guard let dot = stem.lastIndex(of: UInt8(ascii: "."), before: stem.count),
        let release = stem.lastIndex(of: UInt8(ascii: "-"), before: dot),
        let hyphen = stem.lastIndex(of: UInt8(ascii: "-"), before: release)
      else { return nil }
      (nameEnd, version) = (hyphen, hyphen + 1..<release)
    default: return nil
    }
    guard VersionScan.scan(stem.extracting(version)) != nil else { return nil }
  }

  /// The hyphen of the last `-py` before a digit.
  private static func pythonHyphen(in stem: borrowing Span<UInt8>) -> Int? {
    var end = stem.count
    while let hyphen = stem.lastIndex(of: UInt8(ascii: "-"), before: end) {
      if stem.startsIgnoringCase(with: "-py", at: hyphen), hyphen + 3 < stem.count,
        stem[hyphen + 3].isDigit
      {
        return hyphen
      }
      end = hyphen
    }
    return nil
  }
}
