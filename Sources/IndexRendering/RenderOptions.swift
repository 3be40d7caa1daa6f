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
  /// The URL that people read the index at, with a slash at its end; empty if it is not known.
  public var siteURL = ""
  /// Links that each page for people begins with.
  public var links: [SiteLink] = []
  /// The colour of links and buttons.
  public var accent = Accent()
  /// The text at the end of the pages for people.
  public var footer = ""
  /// The layout of the pages for people.
  package var layout = Layout.builtIn
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

/// A link that each page for people begins with.
public struct SiteLink: Sendable, Equatable {
  /// What it is called.
  public var label: String
  /// Where it leads; a relative URL is relative to the home page.
  public var url: String

  /// Creates a link.
  public init(label: String, url: String) { (self.label, self.url) = (label, url) }
}

/// A colour for each of the reader's modes; without one, that of the style.
public struct Accent: Sendable, Equatable {
  /// The colour on a light ground, as `#rrggbb`.
  public var light: String?
  /// The colour on a dark ground, as `#rrggbb`.
  public var dark: String?

  /// Creates a pair of colours.
  public init(light: String? = nil, dark: String? = nil) { (self.light, self.dark) = (light, dark) }
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
  /// Project pages for people, what these load, the files to search, and the page for what is not
  /// found.
  public static let projects = PageSet(rawValue: 8)
  /// The home page, the lists of names and the changelog.
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
