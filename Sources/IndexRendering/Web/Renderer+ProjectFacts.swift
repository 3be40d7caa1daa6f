package import IndexModel
package import StrictJSON

/// What the page of a project says of its latest release.
extension Renderer {
  /// Appends what is known of a release, and the pages of the project that it names.
  ///
  /// - Parameter linksPages: Whether the project can be trusted so far.
  mutating func appendFacts(
    of release: Release,
    linksPages: Bool,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let facts = catalog.bestFacts(of: release)
    let license = catalog.firstText(\.license, of: release)
    let pages = linksPages ? catalog.firstText(\.projectURLs, of: release) : .none
    let hasRequirements = facts.knowsRequiresDist && !facts.requiresDist.isEmpty
    let hasFacts = !license.isEmpty || !facts.requiresPython.isEmpty || hasRequirements
    guard hasFacts || !pages.isEmpty else { return }
    batch.content.append("<aside>\n")
    appendProjectLinks(text[pages])
    defer { batch.content.append("</aside>\n") }
    guard hasFacts else { return }
    batch.content.append("<h2>About this release</h2>\n<dl>\n")
    if !license.isEmpty {
      batch.content.append("<dt>License<dd>")
      // Some projects put the whole text of a license where its name belongs.
      batch.content.append(html: text[license].firstLine)
      batch.content.append("\n")
    }
    if !facts.requiresPython.isEmpty {
      batch.content.append("<dt>Python<dd>")
      batch.content.append(html: text[facts.requiresPython])
      batch.content.append("\n")
    }
    if hasRequirements { appendRequirements(text[facts.requiresDist], catalog) }
    batch.content.append("</dl>\n")
  }

  /// Appends requirements, each ended by a NUL byte; a long list is folded.
  private mutating func appendRequirements(
    _ list: borrowing Span<UInt8>,
    _ catalog: borrowing Catalog
  ) {
    var count = 0
    for index in list.indices where list[index] == 0 { count += 1 }
    let isFolded = count > 12
    batch.content.append("<dt>Requires")
    if isFolded {
      batch.content.append("<dd><details><summary>")
      batch.content.append(grouped: count)
      batch.content.append(" projects</summary><ul>")
    }
    var start = 0
    while let end = list.firstIndex(of: 0, from: start) {
      batch.content.append(isFolded ? "<li>" : "<dd>")
      appendRequirement(list.extracting(start..<end), catalog)
      start = end + 1
    }
    batch.content.append(isFolded ? "</ul></details>\n" : "\n")
  }

  /// Appends a requirement, with a link if this index has the project.
  private mutating func appendRequirement(
    _ requirement: borrowing Span<UInt8>,
    _ catalog: borrowing Catalog
  ) {
    let end = requirement.projectNameEnd
    guard let project = catalog.project(required: requirement) else {
      return batch.content.append(html: requirement)
    }
    batch.content.append("<a href=\"../")
    batch.content.append(catalog.text.span[catalog.projects[project].name])
    batch.content.append("/\">")
    batch.content.append(html: requirement.extracting(0..<end))
    batch.content.append("</a>")
    batch.content.append(html: requirement.extracting(end...))
  }
}

extension Catalog {
  /// Appends which of the projects that a project's page names are in the index: the page links them.
  ///
  /// - Complexity: O(requirements of its latest release, times log projects).
  package func appendLinkedRequirements(of project: Project, to output: inout ByteBuffer) {
    guard hasFacts else { return }
    let list = text.span[bestFacts(of: releases[project.latest]).requiresDist]
    var start = 0
    while let end = list.firstIndex(of: 0, from: start) {
      output.append(self.project(required: list.extracting(start..<end)) == nil ? "-" : "+")
      start = end + 1
    }
  }

  /// The project of the index that a requirement names.
  fileprivate func project(required requirement: borrowing Span<UInt8>) -> Int? {
    var name: [UInt8] = []
    let end = requirement.projectNameEnd
    ProjectName.appendNormalized(requirement.extracting(0..<end), to: &name)
    return project(named: name.span)
  }
}

extension Span where Element == UInt8 {
  /// Where the name of the project ends that a requirement begins with.
  fileprivate var projectNameEnd: Int {
    var end = 0
    while end < count {
      switch self[end] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        end += 1
      default: return end
      }
    }
    return end
  }

  fileprivate var firstLine: Span<UInt8> {
    @_lifetime(copy self)
    get { extracting(..<(firstIndex(of: UInt8(ascii: "\n"), from: 0) ?? count)) }
  }
}
