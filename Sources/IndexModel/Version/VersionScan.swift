/// Where the parts of a version stand in its text, which is not copied.
///
/// Numbers stay runs of digits, since PEP 440 sets no limit to them. Every method that takes the
/// text wants the very bytes that were scanned.
public struct VersionScan: BitwiseCopyable, Sendable {
  /// The kinds of pre-release, in their order.
  enum Phase: UInt8, BitwiseCopyable, Sendable {
    case alpha, beta, candidate
  }

  /// The digits before `!`; empty when there are none.
  var epoch = VersionRange.empty
  /// The digits and dots of the release.
  var release = VersionRange.empty
  /// The kind of pre-release, nil when the version is none.
  var phase: Phase?
  /// The digits after the kind of pre-release, maybe none.
  var phaseNumber = VersionRange.empty
  /// The digits of the post-release, maybe none; nil when the version is no post-release.
  var post: VersionRange?
  /// The digits of the development release, maybe none; nil when the version is none.
  var development: VersionRange?
  /// The local version after `+`; empty when there is none.
  var local = VersionRange.empty

  /// Whether the version is an alpha, beta, candidate or development release.
  public var isPrerelease: Bool { phase != nil || development != nil }
  /// Whether the version is a development release.
  public var isDevelopment: Bool { development != nil }
  /// Whether the version is a post-release.
  public var isPostrelease: Bool { post != nil }
  /// Whether the version has a local part.
  public var hasLocal: Bool { !local.isEmpty }

  /// The epoch and the release alone.
  var base: VersionScan {
    var scan = VersionScan()
    scan.epoch = epoch
    scan.release = release
    return scan
  }

  /// Reads a version as PEP 440 spells it: in ASCII, in any case, with every separator and
  /// alternative word, with spaces around it.
  ///
  /// - Parameter text: At most 65,535 bytes; a longer text is refused.
  /// - Returns: The parts, or nil when PEP 440 refuses the text.
  /// - Complexity: O(`text.count`), one pass, no allocation.
  public static func scan(_ text: Span<UInt8>) -> VersionScan? {
    guard text.count <= UInt16.max else { return nil }
    var cursor = VersionCursor(text)
    return cursor.version()
  }
}
