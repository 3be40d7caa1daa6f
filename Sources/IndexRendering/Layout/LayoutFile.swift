/// A file of the layout of the web pages, which a file of the same name can replace.
package enum LayoutFile: String, CaseIterable, Sendable {
  /// The frame of all pages but that for what is not found.
  case page = "page.html"
  /// The content of the home page.
  case home = "home.html"
  /// The content of the page of a project.
  case project = "project.html"
  /// The content of the pages of all files, newest first.
  case changes = "changes.html"
  /// The content of the pages of names that begin alike.
  case names = "names.html"
  /// The whole page for what is not found.
  case notFound = "not-found.html"
  /// The style, as it is.
  case style = "style.css"
  /// The script, as it is.
  case script = "site.js"

  /// What it makes, in words.
  package var doc: String {
    switch self {
    case .page: "The frame of all pages but that for what is not found: head, header and footer."
    case .home: "The content of the home page."
    case .project: "The content of the page of a project."
    case .changes: "The content of the pages of all files, newest first."
    case .names: "The content of the pages of names that begin alike, which large indexes have."
    case .notFound: "The whole page for what is not found. It has no frame: it stands at any depth."
    case .style: "The style of all pages, without placeholders."
    case .script: "The script of all pages but that for what is not found, without placeholders."
    }
  }

  /// The placeholders that it may hold; nil if it is no template.
  package var parts: [LayoutPart]? {
    switch self {
    case .page:
      [
        .root, .title, .pageTitle, .logoOrigin, .feedLink, .brand, .search, .changesCurrent,
        .siteLinks, .content, .footer,
      ]
    case .home: [.root, .title, .finder, .install, .names]
    case .project:
      [
        .root, .title, .name, .version, .heading, .summary, .notice, .install, .description,
        .releases, .facts,
      ]
    case .changes: [.root, .title, .feed, .pageLinks, .files, .pageLinksAgain]
    case .names: [.root, .title, .crumbs, .prefix, .names]
    case .notFound: [.title, .script, .scriptDigest, .footer]
    case .style, .script: nil
    }
  }

  /// The placeholder that it cannot do without.
  package var required: LayoutPart? { self == .page ? .content : nil }

  /// The file that comes with Larder.
  package var builtIn: [UInt8] {
    switch self {
    case .page: PackageResources.page_html
    case .home: PackageResources.home_html
    case .project: PackageResources.project_html
    case .changes: PackageResources.changes_html
    case .names: PackageResources.names_html
    case .notFound: PackageResources.not_found_html
    case .style: PackageResources.style_css
    case .script: PackageResources.site_js
    }
  }
}
