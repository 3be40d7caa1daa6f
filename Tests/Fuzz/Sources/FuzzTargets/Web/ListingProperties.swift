@testable import IndexStages
@testable import IndexTransport

/// What a listing names lies directly in its folder, also for the one who then fetches it.
enum ListingProperties {
  static func check(_ page: [UInt8]) {
    var generator = InputGenerator(page)
    guard let whole = read(page, in: [0..<page.count]) else { return }
    let cut = read(page, in: generator.chunks(of: page.count))
    if let cut, whole.isClosed, cut.isClosed, !PageReading.mayMistake(page) {
      require(whole == cut, "where a listing is cut makes a difference: \(whole) or \(cut)")
    }
    let listing = whole.listing
    check(listing.entries)
    let linkCount = listing.entries.count + listing.foreignCount + listing.unusable.count
    require(linkCount <= whole.facts.linkCount, "there are more entries than links")
    // A page with a base of its own has its links elsewhere.
    if whole.facts.base == nil { checkPlaces(of: listing.entries) }
  }

  static func check(_ entries: [ListingEntry]) {
    for entry in entries {
      let dots: [[UInt8]] = [[], [0x2E], [0x2E, 0x2E]]
      let isName = !dots.contains(entry.name) && !entry.name.contains(0x2F)
      require(isName && !entry.name.contains(0), "an entry has no name that a file can have")
      switch entry.size {
      case .exact(let size): require(size >= 0, "a size is negative")
      case .approximate(let size, let step):
        require(size >= 0 && step >= 0, "a size is negative")
      case nil: break
      }
      if let time = entry.modified {
        require(HTTPDate(seconds: Int64(time.seconds)) != nil, "a time is in no legal year")
      }
    }
    require(Set(entries.map(\.name)).count == entries.count, "a name is there twice")
  }

  private static func checkPlaces(of entries: [ListingEntry]) {
    guard let folder = try? HTTPURL("https://index.example/pool/") else {
      fatalError("the URL of the folder is none")
    }
    for entry in entries {
      guard let url = folder.resolving(entry.href.span) else { continue }
      var path = url.path
      require(path.starts(with: folder.path) && url.query == nil, "\(url) is not in the folder")
      path = path.dropFirst(folder.path.count)
      if path.last == 0x2F { path = path.dropLast() }
      require(!path.isEmpty && !path.contains(0x2F), "\(url) is not directly in the folder")
      var name: [UInt8] = []
      name.append(percentDecoding: path)
      require(name == entry.name, "\(url) has another name than its entry")
    }
  }

  private struct Reading: Equatable {
    let listing: Listing
    let kind: PageKind
    let facts: PageFacts
    /// It depends on the cuts, as that of any page, and so does the end of what is not closed.
    var isClosed: Bool { facts.isClosed }
  }

  private static func read(_ page: [UInt8], in chunks: [Range<Int>]) -> Reading? {
    let path = Array("/pool/".utf8)
    var visitors = VisitorPair(
      PageSurvey(),
      ListingReader(origin: Array("https://index.example".utf8), path: path)
    )
    guard let facts = try? PageReading.read(page, in: chunks, &visitors) else { return nil }
    let kind = visitors.first.kind(facts)
    var server: ListingServer?
    if case .listing(let found) = kind { server = found }
    return Reading(listing: visitors.second.finish(server: server), kind: kind, facts: facts)
  }
}

/// Listings in JSON are read as those in HTML, but that names need not differ.
enum ListingJSONProperties {
  static func check(_ text: [UInt8]) {
    guard let entries = try? ListingJSONReader().read(text) else { return }
    guard let folder = try? HTTPURL("https://index.example/pool/") else {
      fatalError("the URL of the folder is none")
    }
    for entry in entries {
      require(entry.isFolder != nil && !entry.name.isEmpty, "an entry has no name, or no kind")
    }
    let lines = ListingFiles(minutesAhead: 60).lines(of: entries, in: folder)
    for entry in entries {
      if case .exact(let size) = entry.size { require(size >= 0, "a size is negative") }
    }
    RecordProperties.checkMade(lines.flatMap(\.line))
  }
}
