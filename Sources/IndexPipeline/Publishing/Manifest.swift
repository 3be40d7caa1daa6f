import IndexModel
public import IndexRendering
import StrictJSON

/// What a sink holds, as it says itself: each page with its digest, and what it was made of.
///
/// It is a page of the index: a line of JSON about the whole, one for each project in the order of
/// their names, one for each file that was published, and one for the pages of no project. A line of a project that did not change is
/// copied from one manifest to the next, and not even read in full.
public struct Manifest: Sendable {
  /// Where it is in the tree.
  public static let path = "larder/manifest.jsonl"

  /// Why a text is no manifest.
  public struct Problem: Error, Sendable {
    /// One line for people.
    public let message: String
  }

  /// What is said of a project.
  struct Project: Sendable {
    /// The normalized name.
    let name: [UInt8]
    /// What its pages were made of.
    let fingerprint: PageDigest
    /// How many pages it has.
    let pageCount: Int
    /// Its line, without the line feed.
    let line: Range<Int>
  }

  /// What decided the whole index.
  let head: ManifestHead
  /// The projects, by name.
  let projects: [Project]
  /// The files of distributions that Larder published beside the pages, by their paths.
  let files: [[UInt8]: PublishedFile]
  let bytes: [UInt8]
  private let rootLine: Range<Int>

  /// Reads a manifest.
  ///
  /// - Throws: `Problem` if it is none, or none that this version understands.
  public init(_ bytes: [UInt8]) throws(Problem) {
    self.bytes = bytes
    var lines = bytes.lineRanges[...]
    guard let first = lines.popFirst(), let last = lines.popLast() else {
      throw Problem(message: "it is cut off")
    }
    do throws(JSONError) {
      try JSONCursor.validateUTF8(bytes.span)
      head = try ManifestHead(in: bytes.span.extracting(first))
      var projects: [Project] = []
      var files: [[UInt8]: PublishedFile] = [:]
      for line in lines {
        if bytes[line].starts(with: PublishedFile.lineStart) {
          let (path, file) = try PublishedFile.read(bytes.span.extracting(line))
          files[path] = file
        } else {
          projects.append(try Self.project(in: bytes.span.extracting(line), at: line))
        }
      }
      self.projects = projects
      self.files = files
    } catch {
      throw Problem(message: error.message)
    }
    rootLine = last
    let isSorted = zip(projects, projects.dropFirst()).allSatisfy { pair in
      pair.0.name.lexicographicallyPrecedes(pair.1.name)
    }
    guard isSorted else { throw Problem(message: "its projects are not in order") }
    guard projects.allSatisfy(\.name.isFolderName) else {
      throw Problem(message: "it names what is no project")
    }
    // Files that go are deleted: only what Larder publishes may be named here.
    if let foreign = files.keys.first(where: { !FilePath.isAllowed($0) }) {
      let path = String(decoding: foreign, as: UTF8.self)
      throw Problem(message: "it names \"\(path)\", which is no file of the index")
    }
  }

  /// In which codings a copy of each page lies beside it.
  public var codings: [ContentCoding] { head.codings }

  /// In which codings copies may lie beside the pages of an index, as the beginning of its manifest
  /// says; all of them if it cannot be read.
  package static func codings(in start: [UInt8]) -> [ContentCoding] {
    guard let line = start.firstIndex(of: UInt8(ascii: "\n")) else { return ContentCoding.allCases }
    do throws(JSONError) {
      let head = start.span.extracting(0..<line)
      try JSONCursor.validateUTF8(head)
      return try ManifestHead(in: head).codings
    } catch {
      return ContentCoding.allCases
    }
  }

  /// The pages of a project.
  ///
  /// - Throws: `Problem` if they are not pages of the project.
  func pages(of project: Project) throws(Problem) -> [(path: [UInt8], digest: PageDigest)] {
    try pages(in: project.line) { path in
      guard case .project(let name) = PagePath(path.span) else { return false }
      return path[name].elementsEqual(project.name)
    }
  }

  /// The pages of no project.
  ///
  /// - Throws: `Problem` if they are something else.
  func rootPages() throws(Problem) -> [(path: [UInt8], digest: PageDigest)] {
    try pages(in: rootLine) { PagePath($0.span) == .root }
  }

  /// How many pages there are.
  ///
  /// - Throws: `Problem` if the pages of no project are something else.
  func countPages() throws(Problem) -> Int {
    projects.reduce(try rootPages().count) { $0 + $1.pageCount }
  }

  private func pages(
    in line: Range<Int>,
    _ isAllowed: ([UInt8]) -> Bool
  ) throws(Problem) -> [(path: [UInt8], digest: PageDigest)] {
    let pages: [(path: [UInt8], digest: PageDigest)]
    do throws(JSONError) {
      pages = try Self.pages(in: bytes.span.extracting(line))
    } catch {
      throw Problem(message: error.message)
    }
    // Pages that go are deleted: only what Larder makes may be named here.
    if let foreign = pages.first(where: { !isAllowed($0.path) }) {
      let path = String(decoding: foreign.path, as: UTF8.self)
      throw Problem(message: "it names \"\(path)\", which is no page of the index there")
    }
    return pages
  }

  /// The line of a project, to be copied.
  func line(of project: Project) -> ArraySlice<UInt8> { bytes[project.line] }

  /// The place of a project among ``projects``.
  ///
  /// - Complexity: O(log of their number).
  func index(of name: borrowing Span<UInt8>) -> Int? {
    let name = copy name
    let index = projects.indices.partitionIndex {
      let candidate = projects[$0].name
      return !candidate.span.lexicographicallyPrecedes(name)
    }
    guard index < projects.count else { return nil }
    let found = projects[index].name
    return found.span.elementsEqual(name) ? index : nil
  }
}

extension [UInt8] {
  /// Whether it can be the folder of a project: it leads nowhere else, and needs no escape in paths.
  fileprivate var isFolderName: Bool {
    guard let first, first != UInt8(ascii: ".") else { return false }
    return allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F && $0 != 0x5C }
  }

  /// The lines, all of which end with a line feed.
  fileprivate var lineRanges: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while let end = span.firstIndex(of: UInt8(ascii: "\n"), from: start) {
      ranges.append(start..<end)
      start = end + 1
    }
    return start == count ? ranges : []
  }
}
