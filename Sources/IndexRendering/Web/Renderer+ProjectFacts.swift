import IndexModel
import StrictJSON

/// What the page of a project says of its latest release.
extension Renderer {
  mutating func appendFacts(of release: Release, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let facts = catalog.bestFacts(of: release)
    let license = catalog.license(of: release)
    let hasRequirements = facts.knowsRequiresDist && !facts.requiresDist.isEmpty
    guard !license.isEmpty || !facts.requiresPython.isEmpty || hasRequirements else { return }
    batch.content.append("<dl class=\"i\">\n")
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
    if hasRequirements { appendRequirements(text[facts.requiresDist]) }
    batch.content.append("</dl>\n")
  }

  /// Appends requirements, each ended by a NUL byte; a long list is folded.
  private mutating func appendRequirements(_ list: borrowing Span<UInt8>) {
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
      batch.content.append(html: list.extracting(start..<end))
      start = end + 1
    }
    batch.content.append(isFolded ? "</ul></details>\n" : "\n")
  }
}

extension Catalog {
  /// The first license that a file of the release gives.
  fileprivate func license(of release: Release) -> TextRange {
    for index in release.distributions {
      let license = facts(of: distributions[index]).license
      if !license.isEmpty { return license }
    }
    return .none
  }
}

extension Span where Element == UInt8 {
  fileprivate var firstLine: Span<UInt8> {
    @_lifetime(copy self)
    get { extracting(..<(firstIndex(of: UInt8(ascii: "\n"), from: 0) ?? count)) }
  }
}
