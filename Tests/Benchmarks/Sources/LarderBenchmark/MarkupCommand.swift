import ArgumentParser
import IndexTransport

/// Reads the links of a page, in chunks as a page comes from a server.
struct MarkupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markup",
    abstract: "Read the links of an HTML page."
  )

  @Argument(help: "The page.")
  var page: String

  func run() throws {
    let file = try InputFile.open(page)
    var links = LinkCount()
    var reader = try LinkReader(charset: .utf8, limits: PageLimits(size: .max))
    var chunk: [UInt8] = []
    while try file.read(into: &chunk, upTo: 1 << 16) > 0 {
      try reader.feed(chunk.span, &links)
      chunk.removeAll(keepingCapacity: true)
    }
    let facts = try reader.finish(&links)
    print(
      """
      {"links": \(facts.linkCount), "bytes": \(facts.byteCount), "href_bytes": \(links.byteCount)}
      """
    )
  }
}

private struct LinkCount: LinkVisitor {
  var byteCount = 0

  mutating func visit(_ link: borrowing PageLink) { byteCount += link.href.count }
}
