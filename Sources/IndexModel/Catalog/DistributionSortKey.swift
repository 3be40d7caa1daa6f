import StrictJSON

/// The order of a project's distributions, written into bytes that compare as they must.
///
/// By version; within a version wheels first; then by the natural order of the file name, in which
/// `cp39` comes before `cp310`; then by its bytes. Source: dumb-pypi's order, whose lists people
/// have.
enum DistributionSortKey {
  /// Appends the part of the key that files of one release share.
  ///
  /// Equal versions in different spellings, such as 1.0 and 1.0.0, are releases of their own, told
  /// apart by their text. Files without a version stand where dumb-pypi puts them: at version 0.
  static func appendVersion(_ version: borrowing Span<UInt8>, to key: inout [UInt8]) {
    if version.isEmpty {
      let zero: [UInt8] = [UInt8(ascii: "0")]
      _ = VersionScan.scan(zero.span, appendingSortKeyTo: &key)
    } else if let scan = VersionScan.scan(version, appendingSortKeyTo: &key) {
      scan.appendNormalized(of: version, to: &key)
    } else {
      key.append(contentsOf: version)
    }
    key.append(0)
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
