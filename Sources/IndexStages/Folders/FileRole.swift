import IndexModel
import StrictJSON

/// What a file is there for, by its name.
enum FileRole {
  /// A distribution.
  case distribution(DistributionFilename)
  /// A signature or metadata of a distribution, which has its name with an ending more.
  case companion
  /// It ends as distributions do, and cannot be in an index.
  case misnamed(FilenameProblem)
  /// Anything else.
  case other

  init(_ filename: borrowing Span<UInt8>) {
    if filename.hasEnding([".asc", ".metadata"]) {
      self = .companion
      return
    }
    let isInstaller = filename.hasEnding([".exe", ".msi", ".rpm", ".dmg"])
    guard isInstaller || filename.hasEnding([".whl", ".egg", ".zip"]) || filename.isTar else {
      self = .other
      return
    }
    do throws(FilenameProblem) {
      let name = try DistributionFilename(filename)
      // Programs have such names too.
      self = isInstaller && !name.hasValidVersion ? .other : .distribution(name)
    } catch {
      self = isInstaller ? .other : .misnamed(error)
    }
  }
}

extension FileRole {
  /// What the name of a distribution says.
  var name: DistributionFilename? {
    if case .distribution(let name) = self { name } else { nil }
  }
}

extension Span<UInt8> {
  /// Whether the name is that of a tar archive, compressed or not.
  var isTar: Bool {
    hasEnding([
      ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz", ".tar.zst",
      ".tar.lzma", ".tar.z",
    ])
  }

  /// Whether the name ends in one of some words, letters of either case being equal.
  ///
  /// - Parameter endings: ASCII in lower case.
  func hasEnding(_ endings: [StaticString]) -> Bool {
    for ending in endings where count > ending.utf8CodeUnitCount {
      if startsIgnoringCase(with: ending, at: count - ending.utf8CodeUnitCount) { return true }
    }
    return false
  }
}
