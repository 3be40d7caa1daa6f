import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// Writes the pages of a run into a new file, which then takes the place of the old one.
struct PageStoreWriter: ~Copyable {
  private static let blockSize = 1 << 20

  private let file: OutputFile
  private let path: String
  private var bodies = ByteBuffer(minimumCapacity: blockSize)
  /// The bytes of bodies that are in the file.
  private var written = 0
  private var lines = ByteBuffer()
  private var urls: Set<[UInt8]> = []

  init(path: String) throws(IOFailure) {
    self.path = path
    var head = JSONObjectWriter()
    head.key("larder", to: &lines)
    lines.append(json: Release.version)
    head.end(to: &lines)
    lines.append("\n")
    file = try Self.create(path + ".new")
  }

  private static func create(_ path: String) throws(IOFailure) -> OutputFile {
    let folder = try Directory.open([UInt8](path: ".").span)
    let new = [UInt8](path: path)
    do throws(IOFailure) { try folder.removeFile(new.span) } catch  where error.code == .missing {}
    return try folder.create(new.span)
  }

  /// Adds a page, unless one of its URL is there.
  mutating func add(
    _ url: [UInt8],
    _ page: PageStore.Page,
    _ body: borrowing Span<UInt8>
  ) throws(IOFailure) {
    guard urls.insert(url).inserted else { return }
    var line = JSONObjectWriter()
    line.key("url", to: &lines)
    lines.append(json: url.span)
    if let tag = page.validators?.entityTag {
      line.key("etag", to: &lines)
      lines.append(json: tag)
    }
    if let time = page.validators?.lastModified {
      line.key("last_modified", to: &lines)
      lines.append(json: time)
    }
    if let serial = page.serial {
      line.key("serial", to: &lines)
      lines.append(decimal: serial)
    }
    if let status = page.status {
      line.key("status", to: &lines)
      lines.append(json: status.marker.rawValue)
      line.key("reason", to: &lines)
      lines.append(json: status.reason)
    }
    line.key("digest", to: &lines)
    lines.append(json: page.digest.text)
    line.key("files", to: &lines)
    lines.append(decimal: page.fileCount)
    line.key("start", to: &lines)
    lines.append(decimal: written + bodies.count)
    line.key("bytes", to: &lines)
    lines.append(decimal: body.count)
    line.end(to: &lines)
    lines.append("\n")
    bodies.append(body)
    if bodies.count >= Self.blockSize { try flush() }
  }

  /// Adds a page of the run before, as it is.
  mutating func add(_ url: [UInt8], of store: PageStore) throws(IOFailure) {
    guard let page = store[url] else { return }
    let body = try store.body(at: url)
    try add(url, page, body.span)
  }

  /// Adds the pages of the run before that this one did not come to, as when it failed.
  mutating func addRest(of store: PageStore) throws(IOFailure) {
    for url in store.urls where !urls.contains(url) { try add(url, of: store) }
  }

  /// Puts the new file in the place of the old one.
  consuming func finish() throws(IOFailure) {
    try flush()
    var end = ByteBuffer()
    PageStoreFormat.append(start: written, to: &end)
    try file.write(lines.span)
    try file.write(end.span)
    let path = path
    try file.close()
    let folder = try Directory.open([UInt8](path: ".").span)
    let new = [UInt8](path: path + ".new")
    try folder.rename(new.span, to: [UInt8](path: path).span)
  }

  private mutating func flush() throws(IOFailure) {
    try file.write(bodies.span)
    written += bodies.count
    bodies.removeAll()
  }
}
