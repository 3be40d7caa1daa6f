import StrictJSON

/// The extension of a distribution's file name.
struct FileExtension {
  /// Where it begins, with its dot; the stem ends there.
  let start: Int
  /// The format it stands for.
  let kind: DistributionKind

  /// Finds the extension of `filename`: `.tar.gz` and its like as one, else what follows the last
  /// dot.
  ///
  /// - Returns: `nil` if there is no dot.
  init?(of filename: borrowing Span<UInt8>) {
    guard let last = filename.lastIndex(of: UInt8(ascii: "."), before: filename.count) else {
      return nil
    }
    if Self.isCompression(filename.extracting((last + 1)...)),
      let before = filename.lastIndex(of: UInt8(ascii: "."), before: last),
      filename.extracting((before + 1)..<last).equalsIgnoringCase("tar")
    {
      start = before
    } else {
      start = last
    }
    kind = Self.kind(of: filename.extracting((last + 1)...))
  }

  private static func isCompression(_ text: borrowing Span<UInt8>) -> Bool {
    text.equalsIgnoringCase("gz") || text.equalsIgnoringCase("bz2")
      || text.equalsIgnoringCase("xz") || text.equalsIgnoringCase("zst")
      || text.equalsIgnoringCase("z") || text.equalsIgnoringCase("lz")
      || text.equalsIgnoringCase("lzma")
  }

  private static func kind(of text: borrowing Span<UInt8>) -> DistributionKind {
    if text.elementsEqual("whl") { return .wheel }
    guard text.count == 3 else { return .sdist }
    if text.equalsIgnoringCase("egg") { return .egg }
    if text.equalsIgnoringCase("exe") { return .wininst }
    if text.equalsIgnoringCase("msi") { return .msi }
    if text.equalsIgnoringCase("rpm") { return .rpm }
    if text.equalsIgnoringCase("dmg") { return .dmg }
    return .sdist
  }

  /// Whether the extension is one that distributions have, and hardly anything else.
  ///
  /// A list may name any file as a distribution; among the files of a folder it must be told.
  /// Source: `packagetype` of the legacy JSON API; the archives that pip and uv unpack.
  static func isCustomary(_ filename: borrowing Span<UInt8>) -> Bool {
    guard let found = FileExtension(of: filename) else { return false }
    if found.kind != .sdist { return true }
    let text = filename.extracting((found.start + 1)...)
    for known in archives where text.equalsIgnoringCase(known) { return true }
    return false
  }

  private static let archives: [StaticString] = [
    "tar.gz", "zip", "tgz", "tar.bz2", "tbz", "tbz2", "tar.xz", "txz", "tar", "tar.zst", "tar.z",
    "tar.lz", "tar.lzma", "tlz",
  ]

  /// Whether the file accompanies a distribution: a signature, its metadata, a digest.
  static func isSidecar(_ filename: borrowing Span<UInt8>) -> Bool {
    guard let dot = filename.lastIndex(of: UInt8(ascii: "."), before: filename.count) else {
      return false
    }
    let text = filename.extracting((dot + 1)...)
    return text.elementsEqual("asc") || text.elementsEqual("metadata")
      || text.elementsEqual("sig") || text.elementsEqual("sha256") || text.elementsEqual("md5")
      || text.elementsEqual("sha512") || text.elementsEqual("provenance")
  }
}
