public import IndexModel
import StrictJSON

/// A page of the whole index.
public enum RootPage: Sendable, Equatable {
  /// `simple/index.html`
  case simpleHTML
  /// `simple/index.v1_json`
  case simpleJSON
  /// `larder/style.css`
  case style
  /// `larder/site.js`
  case script
  /// `larder/search/<beginning>.txt`, by its number in the plan
  case shard(Int)
  /// `larder/names/<beginning>.html`, by its number in the plan
  case names(Int)
  /// `index.html`
  case home
  /// `changelog/page<N>.html`, from 1
  case changelog(Int)
  /// `changelog/feed.atom`
  case feed
  /// `404.html`
  case notFound
  /// `packages.json`
  case packageList
  /// `larder/records.jsonl`
  case records

  /// Whether the page changes only when a project comes or goes.
  public var tellsOfNamesAlone: Bool {
    switch self {
    case .simpleHTML, .simpleJSON, .names, .shard: true
    default: false
    }
  }

  /// What the page is for, which says when it is published.
  public var role: PageRole {
    switch self {
    case .packageList, .records: .state
    default: .root
    }
  }
}

/// How the work of rendering a catalog is cut, whatever the number of cores.
public struct RenderPlan: Sendable {
  /// The rows on one page of the changelog.
  static var changelogRows: Int { 5000 }

  /// The most projects that the home page lists itself.
  static var homeRows: Int { 1000 }

  /// Ranges of `catalog.projects` that make about a megabyte of pages each.
  public let shards: [Range<Int>]
  /// The pages of the whole index, in the order to publish them.
  public private(set) var rootPages: [RootPage]
  /// The distributions as the changelog lists them, or empty if that is their own order.
  let newestFirst: [UInt32]
  let changelogPages: Int
  /// The pages of names, if the home page does not list all itself.
  let names: PrefixTree?
  /// The files to search, if there are pages of names.
  let parts: PrefixTree?

  /// Plans all pages of a catalog.
  public init(_ catalog: borrowing Catalog, _ options: borrowing RenderOptions) {
    shards = Self.shards(of: catalog)
    let rows = catalog.distributions.count
    // The changelog has a first page even if there is nothing to list: others link to it.
    changelogPages = max(1, (rows + Self.changelogRows - 1) / Self.changelogRows)
    let showsHome = options.pages.contains(.home)
    newestFirst = showsHome && catalog.hasFacts ? Self.newestFirst(catalog) : []
    let isLarge = catalog.projects.count > Self.homeRows
    names = isLarge && showsHome ? .names(of: catalog) : nil
    parts = isLarge && options.pages.contains(.projects) ? .parts(of: catalog) : nil
    rootPages = []
    rootPages = pages(options)
  }

  /// The number of parts that a page is rendered in.
  public func partCount(of page: RootPage) -> Int {
    switch page {
    case .simpleHTML, .simpleJSON, .packageList, .records: max(1, shards.count)
    default: 1
    }
  }

  func part(_ number: Int) -> RootPart {
    RootPart(
      projects: shards.isEmpty ? 0..<0 : shards[number],
      isFirst: number == 0,
      isLast: number + 1 >= shards.count
    )
  }

  private func pages(_ options: borrowing RenderOptions) -> [RootPage] {
    let set = options.pages
    var roots: [RootPage] = []
    if set.contains(.simpleHTML) { roots.append(.simpleHTML) }
    if set.contains(.simpleJSON) { roots.append(.simpleJSON) }
    if set.contains(.projects) {
      roots += [.style, .script, .notFound]
      roots += (parts?.nodes.indices ?? 0..<0).map { .shard($0) }
    }
    if set.contains(.home) {
      roots += (1...changelogPages).map { .changelog($0) }
      if !options.siteURL.utf8.isEmpty { roots.append(.feed) }
      // The last of them is the home page.
      roots += (names?.nodes.indices.dropLast() ?? 0..<0).map { .names($0) }
      roots.append(.home)
    }
    if set.contains(.packageList) { roots.append(.packageList) }
    if set.contains(.records) { roots.append(.records) }
    return roots
  }

  private static func shards(of catalog: borrowing Catalog) -> [Range<Int>] {
    let filesPerShard = 512
    var shards: [Range<Int>] = []
    var (start, files) = (0, 0)
    for index in catalog.projects.indices {
      files += catalog.projects[index].distributions.count
      if files >= filesPerShard || index + 1 == catalog.projects.count {
        shards.append(start..<index + 1)
        (start, files) = (index + 1, 0)
      }
    }
    return shards
  }

  /// The distributions by upload time, those without one last; ties in the catalog's order.
  private static func newestFirst(_ catalog: borrowing Catalog) -> [UInt32] {
    var rows: [(time: Int64, index: UInt32)] = []
    rows.reserveCapacity(catalog.distributions.count)
    for index in catalog.distributions.indices {
      let time = catalog.facts(of: catalog.distributions[index]).uploadTime
      rows.append((time?.microseconds ?? 0, UInt32(index)))
    }
    rows.sort { $0.time == $1.time ? $0.index < $1.index : $0.time > $1.time }
    return rows.map(\.index)
  }
}

/// One part of a page of the whole index: the rows of a range of projects.
struct RootPart {
  let projects: Range<Int>
  let isFirst: Bool
  let isLast: Bool
}
