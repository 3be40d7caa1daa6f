import StrictJSON

/// Which part of an index a path belongs to.
///
/// The tree is described in one place, here, for all who must tell Larder's pages from the files
/// that others keep in the same folder.
public enum PagePath: Equatable, Sendable {
  /// A page of the project whose normalized name lies at this range of the path.
  case project(Range<Int>)
  /// A page of the whole index.
  case root
  /// Nothing that Larder makes.
  case foreign

  /// Says what a path relative to the root of an index is.
  ///
  /// Pages that dumb-pypi makes are the same paths, so that its folders can be taken over.
  ///
  /// - Complexity: O(length of the path), without allocation.
  public init(_ path: borrowing Span<UInt8>) {
    self = Self.classify(path)
  }

  private static func classify(_ path: borrowing Span<UInt8>) -> PagePath {
    let first = path.component(from: 0)
    guard first.upperBound < path.count else { return rootFiles(path) }
    let second = path.component(from: first.upperBound + 1)
    let rest = min(second.upperBound + 1, path.count)..<path.count
    if path.equals("simple", in: first) {
      if second.upperBound == path.count { return path.isIndexFile(second) ? .root : .foreign }
      return path.isIndexFile(rest) ? .project(second) : .foreign
    }
    if path.equals("project", in: first) {
      return path.equals("index.html", in: rest) ? .project(second) : .foreign
    }
    if path.equals("pypi", in: first) {
      let third = path.component(from: rest.lowerBound)
      let last = min(third.upperBound + 1, path.count)..<path.count
      let isJSON = path.equals("json", in: rest) || path.equals("json", in: last)
      return isJSON && !third.isEmpty ? .project(second) : .foreign
    }
    if path.equals("changelog", in: first) {
      return path.isChangelogPage(first.upperBound + 1..<path.count) ? .root : .foreign
    }
    if path.equals("larder", in: first) {
      let isFolder = path.equals("names", in: second) || path.equals("search", in: second)
      return path.isPlainFile(isFolder ? rest : second) ? .root : .foreign
    }
    return .foreign
  }

  private static func rootFiles(_ path: borrowing Span<UInt8>) -> PagePath {
    let whole = 0..<path.count
    let isOurs =
      path.equals("index.html", in: whole) || path.equals("404.html", in: whole)
      || path.equals("packages.json", in: whole)
    return isOurs ? .root : .foreign
  }
}

extension Span where Element == UInt8 {
  /// The range of the path component that begins at `start`.
  fileprivate func component(from start: Int) -> Range<Int> {
    var end = start
    while end < count, self[end] != UInt8(ascii: "/") { end += 1 }
    return start..<end
  }

  fileprivate func equals(_ literal: StaticString, in range: Range<Int>) -> Bool {
    extracting(range).elementsEqual(literal)
  }

  fileprivate func isIndexFile(_ range: Range<Int>) -> Bool {
    equals("index.html", in: range) || equals("index.v1_json", in: range)
  }

  /// Whether the path ends with `range`, the name of a file that is neither hidden nor compressed.
  fileprivate func isPlainFile(_ range: Range<Int>) -> Bool {
    guard let first = range.first, range.upperBound == count else { return false }
    let isCompressed = hasSuffix(".gz") || hasSuffix(".zst")
    return component(from: first).upperBound == count && self[first] != UInt8(ascii: ".")
      && !isCompressed
  }

  private func hasSuffix(_ literal: StaticString) -> Bool {
    let start = count - literal.utf8CodeUnitCount
    return start >= 0 && equals(literal, in: start..<count)
  }

  /// Whether `range` reads `page<digits>.html` or `feed.atom`.
  fileprivate func isChangelogPage(_ range: Range<Int>) -> Bool {
    if equals("feed.atom", in: range) { return true }
    guard range.count > 9, equals("page", in: range.lowerBound..<range.lowerBound + 4),
      equals(".html", in: range.upperBound - 5..<range.upperBound)
    else { return false }
    for index in range.lowerBound + 4..<range.upperBound - 5 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[index]) else { return false }
    }
    return true
  }
}
