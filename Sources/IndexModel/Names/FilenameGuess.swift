import StrictJSON

/// Where the project and the version lie in the stem of a file name that follows no specification.
///
/// The rule is dumb-pypi's: people have folders named by it. With one hyphen, the version follows
/// it. With more, the version begins at the leftmost part, but the first, that holds both a dot and
/// a digit; if there is none, the whole stem is the name.
struct FilenameGuess {
  /// The end of the project's name.
  let nameEnd: Int
  /// The version, empty if it is not known.
  let version: Range<Int>

  init(stem: borrowing Span<UInt8>) {
    let hyphen = UInt8(ascii: "-")
    let end = stem.count
    guard let first = stem.firstIndex(of: hyphen, from: 0) else {
      nameEnd = end
      version = end..<end
      return
    }
    var start = first
    if stem.firstIndex(of: hyphen, from: first + 1) != nil {
      guard let found = Self.versionHyphen(in: stem, from: first) else {
        nameEnd = end
        version = end..<end
        return
      }
      start = found
    }
    nameEnd = start
    version = start + 1..<end
  }

  /// The hyphen before the leftmost part with a dot and a digit.
  private static func versionHyphen(in stem: borrowing Span<UInt8>, from first: Int) -> Int? {
    var start = first
    var (hasDot, hasDigit) = (false, false)
    for index in first + 1..<stem.count {
      let byte = stem[index]
      if byte == UInt8(ascii: "-") {
        start = index
        (hasDot, hasDigit) = (false, false)
      } else if byte == UInt8(ascii: ".") {
        hasDot = true
      } else if byte.isDigit {
        hasDigit = true
      }
      if hasDot && hasDigit { return start }
    }
    return nil
  }
}

/// The platform part that built distributions carry behind their version.
enum PlatformSuffix {
  /// Where a platform or a Python version begins behind the version in `text`.
  ///
  /// Eggs write `-py3.8-linux-x86_64`, installers and built archives `.win32-py2.7`.
  static func start(in text: borrowing Span<UInt8>) -> Int? {
    for index in text.indices.dropFirst() {
      let byte = text[index]
      guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") else { continue }
      if isPlatform(text, at: index + 1) { return index }
    }
    return nil
  }

  private static func isPlatform(_ text: borrowing Span<UInt8>, at start: Int) -> Bool {
    if text.startsIgnoringCase(with: "py", at: start) {
      return start + 2 < text.count && text[start + 2].isDigit
    }
    return text.startsIgnoringCase(with: "win32", at: start)
      || text.startsIgnoringCase(with: "win64", at: start)
      || text.startsIgnoringCase(with: "win-", at: start)
      || text.startsIgnoringCase(with: "linux", at: start)
      || text.startsIgnoringCase(with: "macosx", at: start)
      || text.startsIgnoringCase(with: "darwin", at: start)
      || text.startsIgnoringCase(with: "osx", at: start)
      || text.startsIgnoringCase(with: "cygwin", at: start)
      || text.startsIgnoringCase(with: "freebsd", at: start)
      || text.startsIgnoringCase(with: "noarch", at: start)
      || text.startsIgnoringCase(with: "src", at: start)
      || text.startsIgnoringCase(with: "x86_64", at: start)
      || text.startsIgnoringCase(with: "i386", at: start)
      || text.startsIgnoringCase(with: "i686", at: start)
      || text.startsIgnoringCase(with: "aarch64", at: start)
  }
}
