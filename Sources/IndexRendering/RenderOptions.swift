public import IndexModel

/// What a person can choose about the pages of an index.
public struct RenderOptions: Sendable {
  /// Where the distributions are.
  public var fileURL: FileURL
  /// Whether a distribution whose record gives no URL is a mistake.
  public var needsURLs = false
  /// The title of the pages for people.
  public var title = "My Private PyPI"
  /// The URL of a logo for the pages for people, empty for none.
  public var logo = ""
  /// The width of the logo in pixels, 0 for its own.
  public var logoWidth = 0
  /// Whether the legacy JSON API has a page for each release.
  public var perReleaseJSON = true
  /// The moment of the run, shown on pages if given: the same input then makes other bytes.
  public var generatedAt: Timestamp?
  /// The pages to make; all of them but for benchmarks.
  @_spi(Benchmarks) public var pages = PageSet.all

  /// Creates options.
  ///
  /// - Parameter fileURL: Where the distributions are; beside their index in `pool/` by default.
  public init(fileURL: FileURL = .pool) { self.fileURL = fileURL }
}

/// The kinds of pages of an index.
///
/// Every index has all of them. A part of the tree is made only to measure Larder against tools
/// that make no more.
@_spi(Benchmarks) public struct PageSet: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: Int

  /// Creates a set of its bits.
  ///
  /// - Parameter rawValue: The bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The HTML form of the simple API.
  public static let simpleHTML = PageSet(rawValue: 1)
  /// The JSON form of the simple API.
  public static let simpleJSON = PageSet(rawValue: 2)
  /// The legacy JSON API.
  public static let legacyJSON = PageSet(rawValue: 4)
  /// Project pages for people, and the page for what is not found.
  public static let projects = PageSet(rawValue: 8)
  /// The home page and the changelog.
  public static let home = PageSet(rawValue: 16)
  /// `packages.json`.
  public static let packageList = PageSet(rawValue: 32)
  /// `larder/records.jsonl`.
  public static let records = PageSet(rawValue: 64)

  /// The pages that dumb-pypi makes.
  public static let dumbPyPI: PageSet = [.simpleHTML, .legacyJSON, .home, .packageList]
  /// The complete tree.
  public static let all: PageSet = [.dumbPyPI, .simpleJSON, .projects, .records]
}
