import StrictJSON

/// How a page is compressed in a copy that lies beside it, for servers that send such copies as they
/// are; the names are those of HTTP (RFC 9110, section 8.4.1, and RFC 8878).
///
/// Which copies there are follows from the paths and the sizes of pages, so that no list of them can
/// be wrong.
public enum ContentCoding: String, CaseIterable, Sendable {
  /// One member of gzip.
  case gzip
  /// One frame of zstd.
  case zstd

  /// What stands behind the path of a page in the path of its copy.
  public var ending: [UInt8] {
    switch self {
    case .gzip: Array(".gz".utf8)
    case .zstd: Array(".zst".utf8)
    }
  }

  /// How many bytes a page has that is compressed: less is not worth a file, and more would have to be
  /// in memory at once.
  public static let pageSizes = 1 << 10...1 << 28

  /// Whether a path is that of a page that has copies if its size is right: the records and lists in
  /// `larder/` are read by Larder alone.
  ///
  /// - Complexity: O(length of the path).
  public static func isMeant(forPageAt path: borrowing Span<UInt8>) -> Bool {
    if path.startsIgnoringCase(with: "larder/", at: 0) {
      for ending in [".json", ".jsonl"] as [StaticString] {
        let start = path.count - ending.utf8CodeUnitCount
        if start > 0, path.extracting(start...).elementsEqual(ending) { return false }
      }
    }
    return PagePath(path) != .foreign
  }

  /// The coding of the copy that a path names, and the path of its page; nil if it is no copy of a page.
  ///
  /// - Complexity: O(length of the path).
  public static func copy(at path: [UInt8]) -> (coding: ContentCoding, page: [UInt8])? {
    // Most paths are pages, and end otherwise.
    guard let last = path.last, last == UInt8(ascii: "z") || last == UInt8(ascii: "t") else {
      return nil
    }
    for coding in allCases {
      let ending = coding.ending
      guard path.suffix(ending.count).elementsEqual(ending) else { continue }
      let page = Array(path.dropLast(ending.count))
      return isMeant(forPageAt: page.span) ? (coding, page) : nil
    }
    return nil
  }
}
