/// How much of an archive is read at most.
public enum ArchiveLimits {
  /// The most members: what a zip archive without ZIP64 can have.
  public static var memberCount: Int { 65_535 }
  /// The most bytes of a zip archive's directory.
  public static var directorySize: Int { 16 << 20 }
  /// The most bytes of a metadata file.
  public static var metadataSize: Int { 10 << 20 }
  /// What the content of an archive may always take, in bytes.
  static var freeSize: Int { 64 << 20 }
  /// How often its own size the content of a larger one may take.
  static var ratio: Int { 50 }

  /// The same for an archive of pages, which say the same again and again.
  static var pageRatio: Int { 200 }

  /// The most bytes that the content of an archive may take.
  static func contentSize(ofArchive size: Int, ratio: Int = ratio) -> Int {
    let (product, isTooLarge) = size.multipliedReportingOverflow(by: ratio)
    return isTooLarge ? .max : max(freeSize, product)
  }
}
