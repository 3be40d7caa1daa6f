import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// Pages in files of their own, until a program has read them.
struct PageSpool: ~Copyable, Sendable {
  /// A page in a file.
  struct Page {
    let path: [UInt8]
    let type: ContentType
    let role: PageRole
    let number: Int
    var hasher = PageHasher()
    var size = 0
  }

  private(set) var pages: [Page] = []
  private var places: [[UInt8]: Int] = [:]
  private let folder: Directory
  private let path: String

  /// Makes a folder for files that nobody else may read.
  init() throws(StageFailure) {
    let parent = ProcessSettings.temporaryFolder
    let path = "\(parent)/larder-spool-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    do throws(IOFailure) {
      let here = try Directory.open([UInt8](path: ".").span)
      try here.makeFolder([UInt8](path: path).span, mode: 0o700)
      folder = try here.folder([UInt8](path: path).span)
    } catch {
      throw StageFailure(
        .publish,
        code: "cannot-write",
        "cannot make a folder for pages in \(parent): \(error.code)",
        help: "set TMPDIR to a folder that this user may write"
      )
    }
    self.path = path
  }

  /// The path of a page's file.
  func file(of page: Page) -> String { "\(path)/\(page.number)" }

  /// Takes pages, and parts that follow those before.
  mutating func add(_ batch: borrowing PageBatch) throws(IOFailure) {
    for page in batch.pages {
      let path = Array(batch.paths.span.extracting(page.path))
      let content = batch.content.span.extracting(page.content)
      let number = places[path] ?? pages.count
      let name = [UInt8](path: "\(number)")
      if number == pages.count {
        places[path] = number
        pages.append(Page(path: path, type: page.type, role: page.role, number: number))
        try folder.write(name.span, content)
      } else {
        try folder.append(name.span, content)
      }
      pages[number].hasher.append(content)
      pages[number].size += content.count
    }
  }

  /// Whether there is a page of that path.
  func contains(_ path: [UInt8]) -> Bool { places[path] != nil }

  /// Removes all files.
  func remove() throws(IOFailure) {
    let here = try Directory.open([UInt8](path: ".").span)
    try here.removeTree([UInt8](path: path).span)
  }
}

extension ContentType {
  /// The content type as HTTP says it.
  var mediaType: String {
    switch self {
    case .html: "text/html"
    case .simpleJSON: "application/vnd.pypi.simple.v1+json"
    case .json: "application/json"
    case .jsonLines: "application/x-ndjson"
    case .css: "text/css"
    case .javaScript: "text/javascript"
    case .text: "text/plain"
    case .atom: "application/atom+xml"
    }
  }
}
