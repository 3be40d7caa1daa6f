import IndexTransport
import Testing

/// A server's page of the folder that `truth.tsv` describes, and what its page does not tell.
struct RecordedPage: Sendable, CustomTestStringConvertible {
  var file: String
  var server: ListingServer
  /// Names that the server does not list, or lists by a link that leads elsewhere.
  var missing: [[UInt8]] = []
  var unusableCount = 0
  /// Names that are in no folder: what a browser makes of links that the server wrote wrongly.
  var wrong: [[UInt8]] = []
  /// Symbolic links, if the server shows time and size of them and not of what they lead to.
  var ownDetails: [[UInt8]] = []
  var hasTimes = true
  var hasSizes = true

  var testDescription: String { file }

  init(
    _ file: String,
    _ server: ListingServer,
    missing: [[UInt8]] = [],
    unusable: Int = 0,
    wrong: [[UInt8]] = [],
    ownDetails: [[UInt8]] = [],
    times: Bool = true,
    sizes: Bool = true
  ) {
    self.file = file
    self.server = server
    self.missing = missing
    unusableCount = unusable
    self.wrong = wrong
    self.ownDetails = ownDetails
    hasTimes = times
    hasSizes = sizes
  }
}

private func names(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

private let badByte = Array("latin-".utf8) + [0xE9] + Array("-1.0.zip".utf8)
private let surrogate = Array("latin-".utf8) + [0xED, 0xB3, 0xA9] + Array("-1.0.zip".utf8)
private let question = Array("quest?C=N;O=D.zip".utf8)
private let hidden = names(".hidden-1.0.zip", ".hidden-folder")
private let links = names("linked-1.0.zip", "linked-folder")
/// Names that are links of other schemes, or with a reference, unless a server encodes them.
private let traps = names(
  "http:example.com-1.0.zip",
  "javascript:alert(1)-1.0.zip",
  "colon:1.0.zip",
  "amp&amp;lt;1.0.zip"
)
private let trapped = names("amp&lt;1.0.zip")

private let pages = [
  RecordedPage("nginx", .nginx, missing: hidden),
  RecordedPage("nginx-rounded", .nginx, missing: hidden),
  RecordedPage("nginx-fancyindex", .fancyindex, missing: hidden),
  RecordedPage("apache-plain", .apache, times: false, sizes: false),
  RecordedPage("apache-fancy", .apache),
  RecordedPage("apache-icons", .apache),
  RecordedPage("apache-table", .apache),
  RecordedPage("apache-xhtml", .apache),
  RecordedPage("lighttpd", .lighttpd, missing: hidden),
  RecordedPage("caddy", .caddy, ownDetails: links),
  RecordedPage(
    "python",
    .python,
    missing: [badByte],
    wrong: [surrogate],
    times: false,
    sizes: false
  ),
  RecordedPage("webfs", .webfs, missing: traps, unusable: 3, wrong: trapped),
  RecordedPage("mini_httpd", .miniHTTPD, ownDetails: links),
  RecordedPage("h2o", .h2o, times: false, sizes: false),
  RecordedPage("rclone", .rclone),
  RecordedPage("twisted", .twisted, missing: [badByte], times: false),
  RecordedPage(
    "webrick",
    .webrick,
    missing: traps + [badByte, question],
    unusable: 3,
    wrong: trapped
  ),
  RecordedPage("iis", .iis, missing: [badByte]),
  RecordedPage("artifactory", .artifactory, missing: [badByte]),
  RecordedPage("nexus", .nexus, missing: [badByte]),
  RecordedPage("jetty", .jetty, missing: [badByte]),
  RecordedPage("wsgidav", .wsgidav, missing: [badByte] + links),
]

@Suite("Recorded listings")
struct ListingTests {
  @Test("Entries of every server are those of the folder", arguments: pages)
  func entries(page: RecordedPage) throws {
    let (listing, kind) = try read(page.file)
    #expect(kind == .listing(page.server))
    #expect(listing.unusable.count == page.unusableCount)
    var truth = try Truth.all().filter { !page.missing.contains($0.name) }
    let found = Set(listing.entries.map(\.name))
    let missing = truth.filter { !found.contains($0.name) }
    #expect(missing.isEmpty, "\(missing.map { text($0.name) })")
    for entry in listing.entries {
      guard let place = truth.firstIndex(where: { $0.name == entry.name }) else {
        #expect(page.wrong.contains(entry.name), "there is no \(text(entry.name))")
        continue
      }
      truth.remove(at: place).expect(entry, page)
    }
  }

  private func read(_ file: String) throws -> (Listing, PageKind) {
    let bytes = try contents("Listings/\(file).html")
    var visitor = Both(listing: ListingReader(origin: [], path: Array("/odd/".utf8)))
    var reader = try LinkReader(charset: .bytes)
    try reader.feed(bytes.span, &visitor)
    let facts = try reader.finish(&visitor)
    let kind = visitor.survey.kind(facts)
    let server: ListingServer? = if case .listing(let server) = kind { server } else { nil }
    return (visitor.listing.finish(server: server), kind)
  }
}

private struct Both: LinkVisitor {
  var listing: ListingReader
  var survey = PageSurvey()

  mutating func visit(base href: borrowing Span<UInt8>) { listing.visit(base: href) }

  mutating func visit(_ link: borrowing PageLink) {
    listing.visit(link)
    survey.visit(link)
  }
}

/// A line of `truth.tsv`.
private struct Truth {
  let name: [UInt8]
  let isFolder: Bool
  let size: Int
  let seconds: Int

  static func all() throws -> [Truth] {
    let lines = String(decoding: try contents("Listings/truth.tsv"), as: UTF8.self)
    return try lines.split(separator: "\n").map { line in
      let fields = line.split(separator: "\t")
      let digits = Array(fields[0])
      let name = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
      }
      return Truth(
        name: name,
        isFolder: fields[1] == "folder",
        size: try #require(Int(fields[2])),
        seconds: try #require(Int(fields[3]))
      )
    }
  }

  func expect(_ entry: ListingEntry, _ page: RecordedPage) {
    let name = text(entry.name)
    if let isFolder = entry.isFolder { #expect(isFolder == self.isFolder, "\(name)") }
    #expect(page.server.marksFolders == (entry.isFolder != nil), "\(name)")
    if page.ownDetails.contains(entry.name) { return }
    expectTime(entry, page, name)
    if isFolder { return }
    switch entry.size {
    case .exact(let size): #expect(size == self.size, "\(name)")
    case .approximate(let size, let step):
      #expect(abs(size - self.size) <= step, "\(name): \(size) is not about \(self.size)")
    case nil: #expect(!page.hasSizes, "\(name) has a size")
    }
  }

  private func expectTime(_ entry: ListingEntry, _ page: RecordedPage, _ name: String) {
    guard let time = entry.modified else {
      // Some servers give none for folders.
      #expect(!page.hasTimes || isFolder, "\(name) has a time")
      return
    }
    let unit =
      switch time.precision {
      case .second: 1
      case .minute: 60
      case .day: 86_400
      }
    #expect(time.seconds == seconds / unit * unit, "\(name)")
  }
}

private func text(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self) }
