import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// The pages of another index as they were read by the run before, in one file.
///
/// What is kept of a page is what was made of it: a page that did not change costs neither its
/// transfer nor its parsing. The file is the bytes of all pages, then lines of JSON,
/// one about the version and one about each, then the place where these lines begin. Deleting it never changes a result.
final class PageStore: Sendable {
  /// What is known of a page.
  struct Page: Sendable {
    var validators: HTTPValidators?
    var serial: Int?
    var status: ProjectStatus?
    /// How many files it lists.
    var fileCount = 0
    /// What tells what was made of it from others.
    let digest: PageDigest
  }

  struct Damage: Error {}

  private let file: InputFile?
  private let pages: [[UInt8]: (page: Page, place: Range<Int>)]

  /// A store without pages.
  init() {
    file = nil
    pages = [:]
  }

  /// Opens a file.
  ///
  /// - Throws: `IOFailure` if it cannot be read, `JSONError` or `Damage` if it is damaged.
  init(path: String) throws {
    let file = try InputFile.open(path)
    let size = Int(try file.status().size)
    let footer = size - PageStoreFormat.footerCount
    guard footer >= 0,
      let start = PageStoreFormat.start(in: try file.read(at: footer..<size)), start <= footer
    else { throw Damage() }
    var pages: [[UInt8]: (Page, Range<Int>)] = [:]
    var lines = try file.read(at: start..<footer).split(separator: UInt8(ascii: "\n"))[...]
    guard let first = lines.popFirst() else { throw Damage() }
    let head = try JSONDocument(parsing: Array(first)).root
    // Another version may read more of a page, or refuse what this one takes.
    if head["larder"]?.string != Release.version { lines = [] }
    for line in lines {
      let line = try JSONDocument(parsing: Array(line)).root
      guard let url = line["url"]?.string, let page = Page(line),
        let place = Self.place(of: line, before: start)
      else { throw Damage() }
      pages[Array(url.utf8)] = (page, place)
    }
    self.file = consume file
    self.pages = pages
  }

  /// The page at a URL.
  subscript(url: [UInt8]) -> Page? { pages[url]?.page }

  /// What was made of the page at a URL; empty if there is none.
  ///
  /// - Throws: `IOFailure` if it cannot be read.
  func body(at url: [UInt8]) throws(IOFailure) -> [UInt8] {
    guard let place = pages[url]?.place else { return [] }
    return try file?.read(at: place) ?? []
  }

  /// The URLs of all pages.
  var urls: some Sequence<[UInt8]> { pages.keys }

  /// How many pages there are.
  var count: Int { pages.count }
}

extension PageStore {
  private static func place(of line: JSONValue, before end: Int) -> Range<Int>? {
    guard let start = line["start"]?.integer, let count = line["bytes"]?.integer, start >= 0,
      count >= 0, start <= end, count <= end - start
    else { return nil }
    return start..<start + count
  }
}

extension PageStore.Page {
  fileprivate init?(_ line: JSONValue) {
    guard let text = line["digest"]?.string, let digest = PageDigest(text: text) else { return nil }
    self.digest = digest
    fileCount = line["files"]?.integer ?? 0
    validators = HTTPValidators(
      entityTag: line["etag"]?.string,
      lastModified: line["last_modified"]?.string
    )
    serial = line["serial"]?.integer
    status = line["status"]?.string.flatMap { ProjectStatus.Marker(rawValue: $0) }.map {
      ProjectStatus($0, reason: line["reason"]?.string ?? "")
    }
  }
}

/// The end of the file of a store: a version, and the place of the lines about pages.
enum PageStoreFormat {
  private static let label = Array("larder pages 1 ".utf8)
  private static let digitCount = 20
  static let footerCount = label.count + digitCount + 1

  /// Reads the place where the lines begin.
  static func start(in footer: [UInt8]) -> Int? {
    guard footer.starts(with: label), footer.last == UInt8(ascii: "\n") else { return nil }
    // What `Int` reads with a sign is no place.
    let digits = footer.dropFirst(label.count).dropLast()
    guard digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  static func append(start: Int, to buffer: inout ByteBuffer) {
    buffer.append(label.span)
    let digits = Array(String(start).utf8)
    for _ in digits.count..<digitCount { buffer.append("0") }
    buffer.append(digits.span)
    buffer.append("\n")
  }
}
