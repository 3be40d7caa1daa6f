import StrictJSON

/// The order of a project's distributions, written into bytes that compare as they must.
///
/// By version; within a version wheels first; then by the natural order of the file name, in which
/// `cp39` comes before `cp310`; then by its bytes. Source: dumb-pypi's order, whose lists people
/// have.
enum DistributionSortKey {
  /// Appends the part of the key that files of one release share.
  static func appendVersion(
    _ version: borrowing Span<UInt8>,
    isValid: Bool,
    to key: inout [UInt8]
  ) {
    if version.isEmpty {
      // Files without a version stand where dumb-pypi puts them: at version 0.
      let zero: [UInt8] = [UInt8(ascii: "0")]
      VersionScan.scan(zero.span)?.appendSortKey(of: zero.span, to: &key)
    } else if isValid, let scan = VersionScan.scan(version) {
      scan.appendSortKey(of: version, to: &key)
      // Equal versions in different spellings, such as 1.0 and 1.0.0, are releases of their own.
      let start = key.count
      scan.appendNormalized(of: version, to: &key)
      if key.count > start { key.append(0) }
    } else {
      LegacyVersion.appendSortKey(of: version, to: &key)
      key.append(contentsOf: version)
      key.append(0)
    }
  }

  /// Appends the part of the key that tells the files of a release apart.
  static func appendFile(
    _ filename: borrowing Span<UInt8>,
    kind: DistributionKind,
    to key: inout [UInt8]
  ) {
    key.append(kind == .wheel ? 0 : 1)
    var index = 0
    while index < filename.count {
      while index < filename.count, !filename[index].isDigit {
        key.append(filename[index])
        index += 1
      }
      key.append(0)
      guard index < filename.count else { break }
      while index < filename.count, filename[index] == UInt8(ascii: "0") { index += 1 }
      let lengthPlace = key.count
      key.append(0)
      while index < filename.count, filename[index].isDigit {
        key.append(filename[index])
        index += 1
      }
      key[lengthPlace] = UInt8(key.count - lengthPlace)
    }
    key.append(0)
    key.append(contentsOf: filename)
  }
}
