/// What a placeholder of a template stands for: a part of a page that the renderer makes.
///
/// All values in it are escaped. A part that has nothing to say is empty.
package enum LayoutPart: String, CaseIterable, Sendable {
  case root
  case title
  // Of the frame.
  case pageTitle = "page_title"
  case logoOrigin = "logo_origin"
  case feedLink = "feed_link"
  case brand
  case search
  case changesCurrent = "changes_current"
  case siteLinks = "site_links"
  case content
  case footer
  // Of the home page and the pages of names.
  case finder
  case install
  case names
  case crumbs
  case prefix
  // Of the page of a project.
  case name
  case version
  case heading
  case summary
  case notice
  case description
  case releases
  case facts
  // Of the recent changes.
  case feed
  case pageLinks = "page_links"
  case files
  case pageLinksAgain = "page_links_again"
  // Of the page for what is not found.
  case script
  case scriptDigest = "script_digest"

  /// What a part is, which says where it may stand; none may in a script or a style.
  package enum Form: String, Sendable {
    /// Text: between tags, and in an attribute with quotes.
    case text
    /// An attribute: in a tag, behind the name of the element.
    case attribute
    /// Elements: between tags.
    case elements
  }

  /// Where the part may stand.
  package var form: Form {
    switch self {
    case .root, .title, .pageTitle, .logoOrigin, .prefix, .name, .version, .scriptDigest: .text
    case .changesCurrent: .attribute
    default: .elements
    }
  }

  /// What the part is, in words.
  package var doc: String {
    switch self {
    case .root: "The way from the page to the home page, such as `../../`; empty on the home page."
    case .title: "The title of the index: `title` of the pipeline."
    case .pageTitle: "The title of the page."
    case .logoOrigin: "A space and the site that the logo is loaded from, if it is another one."
    case .feedLink: "The link to the feed, for the head; empty without `site_url`."
    case .brand: "Logo and title: the heading of the home page, and elsewhere a link to it."
    case .search: "The box to search; empty on the home page, which has `finder`."
    case .changesCurrent: "`aria-current=\"page\"` on the pages of recent changes, else nothing."
    case .siteLinks: "`links` of the pipeline, each with a space before it."
    case .content: "The content of the page, from its own template."
    case .footer: "`footer` of the pipeline and, with `timestamps`, the time of the run."
    case .finder:
      "The box to search, which hides `#all` for what it finds; or that there are no projects yet."
    case .install: "Lines for pip, uv and Poetry to install the project, or any one."
    case .names: "Links to projects and, in a large index, to pages of names."
    case .crumbs: "The way to the page through shorter beginnings of names."
    case .prefix: "What the names on the page begin with."
    case .name: "The normalized name of the project."
    case .version: "The version of the latest release; empty if it has none."
    case .heading: "Name, version and marks of the project, as the heading of the page."
    case .summary: "The summary of the latest release."
    case .notice: "The status of the project, if it is archived, deprecated or quarantined."
    case .description: "The long description of the project, with its heading."
    case .releases: "The releases and their files, newest first."
    case .facts:
      "Links to other pages of the project; license, Python and requirements of the latest release."
    case .feed: "A link to the feed; empty without `site_url`."
    case .pageLinks: "Links to the other pages of recent changes, if there are any."
    case .files: "The table of files; or that there are none yet."
    case .pageLinksAgain: "The same links, with another label for screen readers."
    case .script: "The script that finds the home page, whatever the depth."
    case .scriptDigest: "The digest of that script, for the policy."
    }
  }
}
