public import IndexModel
import StrictJSON

/// A page of the whole index.
public enum RootPage: Sendable, Equatable {
  /// `simple/index.html`
  case simpleHTML
  /// `simple/index.v1_json`
  case simpleJSON
  /// `index.html`
  case home
  /// `changelog/page<N>.html`, from 1
  case changelog(Int)
  /// `404.html`
  case notFound
  /// `packages.json`
  case packageList
  /// `larder/records.jsonl`
  case records

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

  /// Ranges of `catalog.projects` that make about a megabyte of pages each.
  public let shards: [Range<Int>]
  /// The pages of the whole index, in the order to publish them.
  public let rootPages: [RootPage]
  /// The distributions as the changelog lists them, or empty if that is their own order.
  let newestFirst: [UInt32]
  let changelogPages: Int

  /// Plans all pages of a catalog.
  public init(_ catalog: borrowing Catalog, _ options: borrowing RenderOptions) {
    shards = Self.shards(of: catalog)
    let rows = catalog.distributions.count
    // The changelog has a first page even if there is nothing to list: others link to it.
    changelogPages = max(1, (rows + Self.changelogRows - 1) / Self.changelogRows)
    let showsChangelog = options.pages.contains(.home)
    newestFirst = showsChangelog && catalog.hasFacts ? Self.newestFirst(catalog) : []
    rootPages = Self.rootPages(options.pages, changelogPages: changelogPages)
  }

  /// The number of parts that a page is rendered in.
  public func partCount(of page: RootPage) -> Int {
    switch page {
    case .changelog, .notFound: 1
    default: max(1, shards.count)
    }
  }

  func part(_ number: Int) -> RootPart {
    RootPart(
      projects: shards.isEmpty ? 0..<0 : shards[number],
      isFirst: number == 0,
      isLast: number + 1 >= shards.count
    )
  }

  private static func rootPages(_ pages: PageSet, changelogPages: Int) -> [RootPage] {
    var roots: [RootPage] = []
    if pages.contains(.simpleHTML) { roots.append(.simpleHTML) }
    if pages.contains(.simpleJSON) { roots.append(.simpleJSON) }
    if pages.contains(.home) {
      roots += (1...changelogPages).map { .changelog($0) }
      roots.append(.home)
    }
    if pages.contains(.projects) { roots.append(.notFound) }
    if pages.contains(.packageList) { roots.append(.packageList) }
    if pages.contains(.records) { roots.append(.records) }
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
