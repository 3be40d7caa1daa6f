import IndexModel
import IndexTransport
import StrictJSON

/// The projects that one form of the root page lists.
struct RootListing {
  private(set) var names: Set<[UInt8]> = []
  private(set) var findings: [Finding] = []
  private let path: [UInt8]

  /// Reads the HTML form.
  init(html page: [UInt8], at path: [UInt8], _ layout: IndexLayout, in tree: any PublishedTree) {
    self.path = path
    var links: [ListedHTML.Link] = []
    do throws(MarkupProblem) {
      links = try ListedHTML(page).links
    } catch {
      findings.append(Finding(error, on: path))
    }
    var longCount = 0
    for link in links {
      let target = tree.target(of: link.href, on: path)
      guard let folder = Self.folder(of: link, target, layout) else {
        let name = link.text.shown
        add(code: "bad-link", "the link of \"\(name)\" leads to no project: \(link.href.shown)")
        continue
      }
      if folder.isLong { longCount += 1 }
      if !ProjectName.isNormalized(folder.name.span) {
        add(
          code: "unnormalized-name",
          "a link leads to \(link.href.shown), which is not normalized"
        )
      }
      insert(folder.name)
    }
    if longCount > 0 {
      add(
        code: "root-link",
        "\(longCount) of \(links.count) links name index.html after the project"
      )
    }
  }

  /// Reads the JSON form.
  init(json page: [UInt8], at path: [UInt8]) {
    self.path = path
    var projects: [[UInt8]] = []
    do throws(JSONError) {
      let found = try ListedJSON(page).projects
      if found == nil { add(code: "damaged-page", "it has no array \"projects\"") }
      projects = found ?? []
    } catch {
      findings.append(Finding(error, on: path, page))
    }
    for project in projects {
      var normalized: [UInt8] = []
      ProjectName.appendNormalized(project.span, to: &normalized)
      insert(normalized)
    }
  }

  private mutating func insert(_ name: [UInt8]) {
    if names.insert(name).inserted { return }
    add(code: "listed-twice", "\"\(name.shown)\" is listed twice")
  }

  private mutating func add(code: String, _ message: String) {
    findings.append(Finding(code: code, path, message))
  }

  /// The folder that a link of the root page leads to, if it is that of the project it names, and
  /// whether the link goes on with `index.html`.
  private static func folder(
    of link: ListedHTML.Link,
    _ target: LinkTarget,
    _ layout: IndexLayout
  ) -> (name: [UInt8], isLong: Bool)? {
    guard case .inside(let path) = target, path.starts(with: layout.simple) else { return nil }
    var name = Array(path[layout.simple.count...])
    let isLong = name.hasSuffix("/index.html")
    if isLong { name.removeLast("index.html".utf8.count) }
    if name.last == UInt8(ascii: "/") { name.removeLast() }
    var (text, folder): ([UInt8], [UInt8]) = ([], [])
    let label = link.text.filter { $0 > 0x20 }
    ProjectName.appendNormalized(label.span, to: &text)
    ProjectName.appendNormalized(name.span, to: &folder)
    guard !name.isEmpty, !name.contains(UInt8(ascii: "/")), text == folder else { return nil }
    return (name, isLong)
  }
}
