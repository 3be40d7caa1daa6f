import IndexModel
import IndexTransport
import StrictJSON

/// The pages of another index as they were read by the run before, in one file.
///
/// What is kept of a page is what was made of it: a page that did not change costs neither its
/// transfer nor its parsing. The file is a line of JSON about each page, and behind it the bytes
/// that the line counts. Deleting it never changes a result.
struct PageStore: Sendable {
  /// What is known of a page.
  struct Page: Sendable {
    let validators: HTTPValidators?
    let serial: Int?
    let status: ProjectStatus?
    fileprivate let body: Range<Int>
  }

  /// The first line of a file that this version understands.
  static let signature = #"{"larder_pages":1}"#

  private var bytes: [UInt8] = []
  private var pages: [[UInt8]: Page] = [:]

  /// A store without pages.
  init() {}

  /// Reads a file.
  ///
  /// - Throws: `IOFailure` if it cannot be read, `JSONError` or `Damage` if it is damaged.
  init(path: String) throws {
    let file = try InputFile.open(path)
    while try file.read(into: &bytes, upTo: 1 << 20) > 0 {}
    guard bytes.starts(with: Self.signature.utf8) else { throw Damage() }
    var start = Self.signature.utf8.count + 1
    while start < bytes.count {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { throw Damage() }
      let line = try JSONDocument(parsing: Array(bytes[start..<end])).root
      guard let url = line["url"]?.string, let count = line["bytes"]?.integer, count >= 0,
        count < bytes.count - end
      else { throw Damage() }
      pages[Array(url.utf8)] = Page(
        validators: HTTPValidators(
          entityTag: line["etag"]?.string,
          lastModified: line["last_modified"]?.string
        ),
        serial: line["serial"]?.integer,
        status: line["status"]?.string.flatMap { ProjectStatus.Marker(rawValue: $0) }.map {
          ProjectStatus($0, reason: line["reason"]?.string ?? "")
        },
        body: end + 1..<end + 1 + count
      )
      start = end + 2 + count
    }
  }

  struct Damage: Error {}

  /// The page at a URL.
  subscript(url: [UInt8]) -> Page? { pages[url] }

  /// What was made of a page.
  func body(of page: Page) -> [UInt8] { Array(bytes[page.body]) }

  /// The URLs of all pages.
  var urls: some Sequence<[UInt8]> { pages.keys }
}

/// Writes the pages of a run into a new file, which then takes the place of the old one.
struct PageStoreWriter: ~Copyable {
  private let file: OutputFile
  private let path: String
  private var buffer = ByteBuffer(minimumCapacity: 1 << 20)
  private var written: Set<[UInt8]> = []

  init(path: String) throws(IOFailure) {
    self.path = path
    file = try Self.create(path + ".new")
    buffer.append(utf8: PageStore.signature)
    buffer.append("\n")
  }

  private static func create(_ path: String) throws(IOFailure) -> OutputFile {
    let folder = try Directory.open([UInt8](path: ".").span)
    let new = [UInt8](path: path)
    do throws(IOFailure) { try folder.removeFile(new.span) } catch  where error.code == .missing {}
    return try folder.create(new.span)
  }

  /// Adds a page.
  mutating func add(
    _ url: [UInt8],
    _ validators: HTTPValidators?,
    serial: Int?,
    status: ProjectStatus?,
    _ body: [UInt8]
  ) throws(IOFailure) {
    guard written.insert(url).inserted else { return }
    var line = JSONObjectWriter()
    line.key("url", to: &buffer)
    buffer.append(json: url.span)
    if let tag = validators?.entityTag {
      line.key("etag", to: &buffer)
      buffer.append(json: tag)
    }
    if let time = validators?.lastModified {
      line.key("last_modified", to: &buffer)
      buffer.append(json: time)
    }
    if let serial {
      line.key("serial", to: &buffer)
      buffer.append(decimal: serial)
    }
    if let status {
      line.key("status", to: &buffer)
      buffer.append(json: status.marker.rawValue)
      line.key("reason", to: &buffer)
      buffer.append(json: status.reason)
    }
    line.key("bytes", to: &buffer)
    buffer.append(decimal: body.count)
    line.end(to: &buffer)
    buffer.append("\n")
    buffer.append(body.span)
    buffer.append("\n")
    if buffer.count >= 1 << 20 { try flush() }
  }

  /// Adds the pages of the run before that this one did not come to, as when it failed.
  mutating func addRest(of store: PageStore) throws(IOFailure) {
    for url in store.urls {
      guard let page = store[url] else { continue }
      let body = store.body(of: page)
      try add(url, page.validators, serial: page.serial, status: page.status, body)
    }
  }

  /// Puts the new file in the place of the old one.
  consuming func finish() throws(IOFailure) {
    try flush()
    let path = path
    try file.close()
    let folder = try Directory.open([UInt8](path: ".").span)
    let new = [UInt8](path: path + ".new")
    try folder.rename(new.span, to: [UInt8](path: path).span)
  }

  private mutating func flush() throws(IOFailure) {
    try file.write(buffer.span)
    buffer.removeAll()
  }
}
