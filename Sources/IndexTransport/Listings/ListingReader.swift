/// Turns the links of a page that lists a folder into its files and folders.
///
/// Names come from the links, never from their texts, which servers cut. Links that lead elsewhere
/// are dropped and counted; each name is kept once.
public struct ListingReader: LinkVisitor {
  private var folder: ListingFolder
  private var entries: [ListingEntry] = []
  private var places: [[UInt8]: Int] = [:]
  private var foreignCount = 0
  private var unusable: [[UInt8]] = []

  /// Creates a reader of one page.
  ///
  /// - Parameters:
  ///   - origin: Its scheme, host and port, such as `https://index.example`.
  ///   - path: Its path, percent-encoded, without query; what follows the last slash is ignored.
  public init(origin: [UInt8], path: [UInt8]) {
    folder = ListingFolder(origin: origin, path: path)
  }

  /// Resolves links against `href` from now on.
  public mutating func visit(base href: borrowing Span<UInt8>) { folder.use(base: href.array()) }

  /// Takes the link if it leads to what is in the folder.
  public mutating func visit(_ link: borrowing PageLink) {
    let href = link.href.array()
    switch folder.target(of: href) {
    case .foreign: foreignCount += 1
    case .unusable: unusable.append(href)
    case .child(let name, let hasSlash, let fragment):
      var entry = ListingEntry(
        href: href,
        name: name,
        isFolder: hasSlash ? true : nil,
        fragment: fragment
      )
      entry.read(after: link.after, before: link.before)
      add(entry)
    }
  }

  /// A page may link a name twice, once with an icon: the details stand after one of them.
  private mutating func add(_ entry: ListingEntry) {
    guard let place = places[entry.name] else {
      places[entry.name] = entries.count
      return entries.append(entry)
    }
    entries[place].isFolder = entries[place].isFolder ?? entry.isFolder
    entries[place].modified = entries[place].modified ?? entry.modified
    entries[place].size = entries[place].size ?? entry.size
  }

  /// The listing, when the page is finished.
  ///
  /// - Parameter server: Who wrote it; nil if that is not known.
  public func finish(server: ListingServer?) -> Listing {
    var entries = entries
    if let server, server.marksFolders {
      for index in entries.indices where entries[index].isFolder == nil {
        entries[index].isFolder = false
      }
    }
    // What a folder takes on the disk says nothing of what is in it.
    for index in entries.indices where entries[index].isFolder == true {
      entries[index].size = nil
    }
    return Listing(entries: entries, foreignCount: foreignCount, unusable: unusable)
  }
}

extension ListingEntry {
  fileprivate init(href: [UInt8], name: [UInt8], isFolder: Bool?, fragment: [UInt8]?) {
    self.href = href
    self.name = name
    self.isFolder = isFolder
    self.fragment = fragment
    modified = nil
    size = nil
  }

  /// Reads time and size of the text after the link, or else of that before it, as IIS has them.
  fileprivate mutating func read(
    after: borrowing Span<UInt8>,
    before: borrowing Span<UInt8>
  ) {
    read(after)
    if modified == nil, size == nil { read(before) }
  }

  private mutating func read(_ text: borrowing Span<UInt8>) {
    let tokens = ListingTokens(text)
    var time = 0..<0
    modified = ListingTime(tokens, range: &time)
    size =
      ListingSize(tokens, in: time.upperBound..<tokens.count)
      ?? ListingSize(tokens, in: 0..<time.lowerBound)
  }
}
