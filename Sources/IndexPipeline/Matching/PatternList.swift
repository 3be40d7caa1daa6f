import StrictJSON

/// A file with a pattern on each line; empty lines and those that begin with `#` are left out.
struct PatternList {
  private(set) var globs: [Glob] = []

  /// Reads the text of a list.
  ///
  /// - Throws: `StageFailure` with the place of a line that is no pattern.
  init(_ path: String, _ text: [UInt8], _ spelling: Glob.Spelling) throws(StageFailure) {
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let isByteOrderMark = index == 0 && line.starts(with: [0xEF, 0xBB, 0xBF])
      let pattern = Self.trimmed(isByteOrderMark ? line.dropFirst(3) : line)
      guard let first = pattern.first, first != UInt8(ascii: "#") else { continue }
      do throws(Glob.Problem) {
        globs.append(try Glob(pattern.span, spelling: spelling))
      } catch {
        throw StageFailure(
          .config,
          code: "wrong-pattern",
          "\(path): \(error.rawValue)",
          excerpt: Excerpt(
            path: path,
            line: index + 1,
            text: Array(line),
            range: 0..<line.count
          )
        )
      }
    }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var line = line.drop(while: isSpace)
    while let last = line.last, isSpace(last) { line.removeLast() }
    return line
  }
}
