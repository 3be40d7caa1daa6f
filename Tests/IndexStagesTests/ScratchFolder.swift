import IndexPipeline
import IndexRendering
import IndexStages
import IndexTransport
import StrictJSON

/// A folder of one test's own, which goes with the test.
final class ScratchFolder: Sendable {
  let path: String
  let directory: Directory

  /// - Parameter base: Where it lies; nil for the folder for temporary files.
  init(in base: String? = nil) throws {
    let base = try base ?? Self.temporaryFolder()
    path = "\(base)/larder-tests-\(UInt64.random(in: 0 ... .max))"
    let bytes = [UInt8](path: path)
    try Directory.open([UInt8](path: ".").span).makeFolder(bytes.span)
    directory = try Directory.open(bytes.span)
  }

  deinit {
    let bytes = [UInt8](path: path)
    try? Directory.open([UInt8](path: "/").span).removeTree(bytes.span)
  }

  private static func temporaryFolder() throws -> String {
    var variables: [UInt8] = []
    let environment = try InputFile.open("/proc/self/environ")
    while try environment.read(into: &variables, upTo: 1 << 16) > 0 {}
    for variable in variables.split(separator: 0) where variable.starts(with: "TMPDIR=".utf8) {
      return String(decoding: variable.dropFirst(7), as: UTF8.self)
    }
    return "/tmp"
  }

  /// Writes a file, in place of what has its name, and the folders above it.
  func write(_ path: String, _ contents: String, modified: FileTime? = nil) throws {
    try makeFolders(above: path)
    let bytes = [UInt8](path: path)
    if try directory.status(of: bytes.span) != nil { try directory.removeFile(bytes.span) }
    let text = Array(contents.utf8)
    try directory.write(bytes.span, text.span, modified: modified)
  }

  /// Makes a folder and those above it.
  func makeFolder(_ path: String, mode: UInt32 = 0o777) throws {
    try makeFolders(above: path)
    let bytes = [UInt8](path: path)
    try directory.makeFolder(bytes.span, mode: mode)
  }

  func makeLink(_ path: String, to target: String) throws {
    let (path, target) = ([UInt8](path: path), [UInt8](path: target))
    try directory.makeLink(path.span, to: target.span)
  }

  private func makeFolders(above path: String) throws {
    let bytes = Array(path.utf8)
    for slash in bytes.indices where bytes[slash] == UInt8(ascii: "/") {
      let folder = bytes[..<slash] + [0]
      try directory.makeFolder(folder.span)
    }
  }

  func status(_ path: String) throws -> FileStatus? {
    let bytes = [UInt8](path: path)
    return try directory.status(of: bytes.span)
  }

  func read(_ path: String) throws -> String {
    var bytes: [UInt8] = []
    let file = try InputFile.open("\(self.path)/\(path)")
    while try file.read(into: &bytes, upTo: 1 << 16) > 0 {}
    return String(decoding: bytes, as: UTF8.self)
  }

  /// All paths below a folder, sorted: folders end with a slash, links say where they lead.
  func tree(_ path: String) throws -> [String] {
    let bytes = [UInt8](path: path)
    let folder = try directory.folder(bytes.span)
    return try paths(in: folder, prefix: "").sorted()
  }

  private func paths(in folder: borrowing Directory, prefix: String) throws -> [String] {
    var found: [String] = []
    var listing = try folder.list()
    while let entry = listing.next() {
      let bytes = Array(listing.bytes[entry.name])
      let name = prefix + String(path: bytes.span)
      switch try folder.kind(of: entry, in: listing) {
      case .folder:
        let inner = try folder.folder(bytes.span)
        found += try ["\(name)/"] + paths(in: inner, prefix: "\(name)/")
      case .link:
        let target = try folder.linkTarget(bytes.span)
        found.append("\(name) -> \(String(path: target.span))")
      default: found.append(name)
      }
    }
    return found
  }

  /// The names in this folder, sorted.
  func names() throws -> [String] {
    var found: [String] = []
    var listing = try directory.list()
    while let entry = listing.next() {
      let bytes = Array(listing.bytes[entry.name])
      found.append(String(path: bytes.span))
    }
    return found.sorted()
  }
}

/// A page: its path and what is in it.
typealias TestPage = (path: String, content: String)

extension PageBatch {
  init(_ pages: [TestPage], continues: Bool = false) {
    self.init(capacity: 1 << 12)
    for page in pages {
      let (path, bytes) = (Array(page.path.utf8), Array(page.content.utf8))
      paths.append(path.span)
      content.append(bytes.span)
      endPage(.html, .project, continues: continues)
    }
  }
}

extension FilesystemSink {
  /// Publishes pages, and returns the warnings.
  @discardableResult
  func publish(
    _ pages: [TestPage],
    unwritten: Publication.Unwritten = .removed
  ) async throws -> [String] {
    let session = try await begin(Publication(unwritten: unwritten))
    try await session.write(PageBatch(pages))
    return try await session.commit()
  }
}
