import IndexPipeline

/// What a server says of a page beside its bytes.
struct ServerAnswer {
  private let page: ServedPage
  private let path: [UInt8]

  init(_ page: ServedPage, at path: [UInt8]) {
    self.page = page
    self.path = path
  }

  /// What is wrong with it.
  var findings: [Finding] { [typeFinding, cacheFinding].compactMap(\.self) }

  private var typeFinding: Finding? {
    let type = (page.contentType ?? "").utf8.prefix { $0 != UInt8(ascii: ";") }
      .filter { $0 > 0x20 }.map { byte in (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    guard let expected = expectedTypes, !expected.contains(where: { type.elementsEqual($0.utf8) })
    else { return nil }
    let said = type.isEmpty ? "no content type" : "the content type \(type.shown)"
    let message = "the server gives it \(said), not \(expected[0])"
    return Finding(code: "wrong-content-type", path, message)
  }

  /// The content types that the page may have; nil if any will do.
  private var expectedTypes: [String]? {
    let json = "application/vnd.pypi.simple.v1+json"
    let html = ["text/html", "application/vnd.pypi.simple.v1+html"]
    if path.hasSuffix("index.v1_json") { return [json] }
    if path.hasSuffix("/json") { return ["application/json"] }
    if path.hasSuffix(".html") { return html }
    if path.isEmpty || path.last == UInt8(ascii: "/") { return html + [json] }
    return nil
  }

  private var cacheFinding: Finding? {
    guard path.hasPrefix("simple/") || path.last == UInt8(ascii: "/"), let seconds = maximumAge,
      seconds > Self.longest
    else { return nil }
    let message = "caches may keep it for \(seconds) seconds, and pip then sees no new release"
    return Finding(.warning, code: "long-cache", path, message)
  }

  /// The longest time, in seconds, that caches should keep a page of the simple API; PyPI's.
  private static let longest = 600

  /// The seconds of `max-age` in the field `Cache-Control`.
  private var maximumAge: Int? {
    for part in (page.cacheControl ?? "").utf8.split(separator: UInt8(ascii: ",")) {
      let part = part.filter { $0 != 0x20 }.map { $0 | 0x20 }
      if part.starts(with: "max-age=".utf8) { return Int(part.dropFirst(8).shown) }
    }
    return nil
  }
}
