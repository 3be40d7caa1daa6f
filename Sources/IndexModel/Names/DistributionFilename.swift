import StrictJSON

/// What the file name of a distribution says: its kind, and where its project and version lie.
///
/// Eight bytes, without the name itself. Source: the specifications "Binary distribution format"
/// and "Source distribution format"; dumb-pypi's rule for names that follow neither.
public struct DistributionFilename: BitwiseCopyable, Equatable, Sendable {
  /// The format.
  public let kind: DistributionKind
  /// Whether the version is one of PEP 440.
  public let hasValidVersion: Bool
  /// Whether a byte of the file name must be escaped in a URL.
  public let needsEscape: Bool
  private let nameEnd: UInt8
  private let versionStart: UInt8
  private let versionEnd: UInt8
  private let stemEnd: UInt8

  /// The project as written.
  public var name: Range<Int> { 0..<Int(nameEnd) }
  /// The version as written, empty if it is not known.
  public var version: Range<Int> { Int(versionStart)..<Int(versionEnd) }
  /// What stands between the version and the extension: tags, a platform, a Python version.
  public var suffix: Range<Int> { Int(versionEnd)..<Int(stemEnd) }

  /// Parses a file name.
  ///
  /// Every distribution that a person keeps has a place in an index, so that names which follow no
  /// specification are guessed rather than refused. What could leave its folder or its URL is
  /// always refused.
  ///
  /// - Throws: `FilenameProblem` if the name is unsafe or names no project.
  /// - Complexity: O(length), without allocation.
  public init(_ filename: borrowing Span<UInt8>) throws(FilenameProblem) {
    needsEscape = try Self.checkBytes(filename)
    if FileExtension.isSidecar(filename) { throw .sidecar }
    guard let suffix = FileExtension(of: filename) else { throw .noExtension }
    stemEnd = UInt8(suffix.start)
    if suffix.kind == .wheel {
      guard let wheel = WheelFilename(cutting: filename),
        wheel.namesPythonVersions(in: filename)
      else { throw .wheel }
      guard wheel.isConforming(in: filename) || wheel.isTolerable(in: filename) else {
        throw .wheel
      }
      hasValidVersion = VersionScan.scan(filename.extracting(wheel.version)) != nil
      kind = .wheel
      nameEnd = UInt8(wheel.name.upperBound)
      versionStart = UInt8(wheel.version.lowerBound)
      versionEnd = UInt8(wheel.version.upperBound)
    } else if let built = BuiltFilename(
      stem: filename.extracting(..<suffix.start),
      kind: suffix.kind
    ) {
      kind = suffix.kind
      hasValidVersion = true
      nameEnd = UInt8(built.nameEnd)
      versionStart = UInt8(built.version.lowerBound)
      versionEnd = UInt8(built.version.upperBound)
    } else {
      let stem = filename.extracting(..<suffix.start)
      let guess = FilenameGuess(stem: stem)
      let refined = RefinedVersion(stem.extracting(guess.version), kind: suffix.kind)
      kind = refined.kind
      hasValidVersion = refined.isValid
      nameEnd = UInt8(guess.nameEnd)
      versionStart = UInt8(guess.version.lowerBound)
      versionEnd = UInt8(guess.version.lowerBound + refined.count)
    }
    guard Self.hasWord(filename.extracting(..<Int(nameEnd))) else { throw .noProject }
  }

  /// Whether a file that was not said to be a distribution is one, as its extension tells.
  public static func isCustomary(_ filename: borrowing Span<UInt8>) -> Bool {
    FileExtension.isCustomary(filename)
  }

  /// Checks that the name is one safe component of a path and of a URL.
  ///
  /// - Returns: Whether a byte must be escaped in a URL.
  private static func checkBytes(_ filename: borrowing Span<UInt8>) throws(FilenameProblem) -> Bool
  {
    guard !filename.isEmpty else { throw .empty }
    var needsEscape = false
    var isUnsafe = false
    var hasDots = false
    var previous: UInt8 = 0
    for index in filename.indices {
      let byte = filename[index]
      switch byte {
      case UInt8(ascii: "."):
        if previous == byte { hasDots = true }
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"): break
      case UInt8(ascii: "+"), UInt8(ascii: "!"): needsEscape = true
      case UInt8(ascii: "/"), UInt8(ascii: "\\"): throw .path
      default:
        if !byte.isAlphanumeric { isUnsafe = true }
      }
      previous = byte
    }
    if isUnsafe { throw .byte }
    if hasDots { throw .dots }
    if filename.count > 255 { throw .tooLong }
    if filename[0] == UInt8(ascii: ".") || filename[0] == UInt8(ascii: "-") { throw .hidden }
    return needsEscape
  }

  private static func hasWord(_ name: borrowing Span<UInt8>) -> Bool {
    for index in name.indices where name[index].isAlphanumeric { return true }
    return false
  }
}

/// A guessed version without the platform that built distributions carry behind it.
private struct RefinedVersion {
  let count: Int
  let isValid: Bool
  let kind: DistributionKind

  /// Shortens `version` only where that makes it one of PEP 440.
  init(_ version: borrowing Span<UInt8>, kind: DistributionKind) {
    let isComplete = version.isEmpty || VersionScan.scan(version) != nil
    guard !isComplete, let platform = PlatformSuffix.start(in: version) else {
      self = RefinedVersion(
        count: version.count,
        isValid: isComplete && !version.isEmpty,
        kind: kind
      )
      return
    }
    let isValid = VersionScan.scan(version.extracting(..<platform)) != nil
    self = RefinedVersion(
      count: isValid ? platform : version.count,
      isValid: isValid,
      kind: kind == .sdist && isValid ? .dumb : kind
    )
  }

  private init(count: Int, isValid: Bool, kind: DistributionKind) {
    self.count = count
    self.isValid = isValid
    self.kind = kind
  }
}

extension DistributionFilename {
  /// Where a built distribution names the Python it is for: the Python tags of a wheel, the `3.8`
  /// of `-py3.8` in the name of an egg or an installer.
  ///
  /// - Parameter filename: The name that this was parsed from.
  public func pythonVersion(in filename: borrowing Span<UInt8>) -> Range<Int>? {
    if kind == .wheel { return WheelFilename(cutting: filename)?.python }
    var index = suffix.lowerBound
    while index + 3 < suffix.upperBound {
      if filename.startsIgnoringCase(with: "-py", at: index), filename[index + 3].isDigit {
        var end = index + 3
        while end < suffix.upperBound, filename[end].isDigit || filename[end] == UInt8(ascii: ".") {
          end += 1
        }
        while filename[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return index + 3..<end
      }
      index += 1
    }
    return nil
  }
}
