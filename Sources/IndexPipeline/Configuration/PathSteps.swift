/// A path or a URL as the folders on the way to it, to tell whether one place is inside another.
///
/// Nothing is asked of the disk: symbolic links are not known here.
struct PathSteps: Equatable {
  /// What the steps start at: `/`, a scheme such as `s3:`, or nothing for the working folder.
  private var root: [UInt8] = []
  private var steps: [[UInt8]] = []

  /// Reads a place.
  ///
  /// - Parameters:
  ///   - place: A path or a URL.
  ///   - folder: The folder that a relative path starts at, if it is known.
  init(_ place: String, in folder: String? = nil) {
    var bytes = Array(place.utf8)[...]
    if let scheme = Self.scheme(of: bytes) {
      root = Array(scheme)
      bytes = bytes[scheme.endIndex...]
    } else if bytes.first == UInt8(ascii: "/") {
      root = [UInt8(ascii: "/")]
    } else if let folder {
      self = PathSteps(folder)
    }
    for step in bytes.split(separator: UInt8(ascii: "/")) { go(Array(step)) }
  }

  fileprivate static func scheme(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let word = bytes.prefix { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }
    return !word.isEmpty && bytes[word.endIndex...].starts(with: "://".utf8)
      ? bytes[..<(word.endIndex + 1)] : nil
  }

  private mutating func go(_ step: [UInt8]) {
    let dot = UInt8(ascii: ".")
    switch step {
    case [dot]: break
    case [dot, dot] where steps.last.map { $0 != step } ?? false: steps.removeLast()
    // Above the root is the root; above the working folder is a folder without a known name.
    case [dot, dot] where !root.isEmpty: break
    default: steps.append(step)
    }
  }

  /// Whether `other` is this place or inside of it.
  func contains(_ other: PathSteps) -> Bool {
    root == other.root && other.steps.starts(with: steps)
      && !other.steps.dropFirst(steps.count).contains { $0 == Array("..".utf8) }
  }

  /// The way from this place to one inside of it.
  func way(to other: PathSteps) -> String {
    let steps = other.steps.dropFirst(steps.count).map { String(decoding: $0, as: UTF8.self) }
    return steps.joined(separator: "/")
  }
}

extension String {
  /// Whether a place that a stage claims is a URL, such as `s3://bucket/prefix`, and not a path.
  package var isURL: Bool { PathSteps.scheme(of: Array(utf8)[...]) != nil }
}
