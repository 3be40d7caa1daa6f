import StrictJSON

/// The folder that a page with links to distributions stands in.
enum PageFolder {
  /// `simple/<project>/`, which relative URLs are relative to.
  case simple
  /// `project/<project>/`
  case project
  /// `pypi/<project>/`
  case legacy
  /// `pypi/<project>/<version>/`
  case legacyRelease
  /// `changelog/`
  case changelog

  /// How many folders below the root of the index it is.
  var depth: Int {
    switch self {
    case .simple, .project, .legacy: 2
    case .legacyRelease: 3
    case .changelog: 1
    }
  }
}

extension ByteBuffer {
  /// Appends a URL that is relative to `simple/<project>/` as it reads from another folder.
  mutating func append(
    relativeURL url: borrowing Span<UInt8>,
    of project: borrowing Span<UInt8>,
    from folder: PageFolder
  ) {
    if folder == .simple {
      append(url)
      return
    }
    var (start, climbed) = (0, 0)
    while true {
      if url.startsIgnoringCase(with: "../", at: start) {
        (start, climbed) = (start + 3, climbed + 1)
      } else if url.startsIgnoringCase(with: "./", at: start) {
        start += 2
      } else {
        break
      }
    }
    for _ in 0..<folder.depth + max(0, climbed - 2) { append("../") }
    if climbed < 2 { append("simple/") }
    if climbed < 1 {
      append(project)
      append("/")
    }
    append(url.extracting(start...))
  }
}
