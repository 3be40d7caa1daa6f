package import DescriptionMarkup
package import IndexModel
import StrictJSON

/// The long description of a project.
extension Renderer {
  /// Appends the description, if there is one.
  mutating func appendDescription(of project: Project, _ catalog: borrowing Catalog) {
    let facts = catalog.description(of: project)
    guard !facts.description.isEmpty else { return }
    let text = catalog.text.span
    batch.content.append(
      """
      <section class="description">
      <div class="split"><h2 id="description">Project description</h2>\
      <a href="#releases">
      """
    )
    batch.content.append(count: project.releases.count, of: (" release", " releases"))
    batch.content.append("</a></div>\n")
    let format = facts.descriptionFormat(in: text)
    DescriptionMarkup.append(text[facts.description], as: format, to: &batch.content)
    batch.content.append("</section>\n")
  }
}

extension Facts {
  /// The longest description that is more than plain text, in bytes.
  private static var maximumMarkup: Int { 256 << 10 }

  /// What pages take the description for.
  fileprivate func descriptionFormat(in text: borrowing Span<UInt8>) -> DescriptionFormat {
    description.count > Self.maximumMarkup
      ? .plain : DescriptionFormat(contentType: text[descriptionContentType])
  }
}

extension Catalog {
  /// Makes sure that the libraries are there which the descriptions of some projects need.
  ///
  /// - Parameter projects: Ranges of ``projects``.
  /// - Throws: `MissingLibrary` if one is not installed.
  /// - Complexity: O(records).
  package func prepareDescriptions(of projects: [Range<Int>]) throws(MissingLibrary) {
    guard hasDescriptions else { return }
    for index in projects.joined() {
      let facts = description(of: self.projects[index])
      guard !facts.description.isEmpty, facts.descriptionFormat(in: text.span) == .markdown else {
        continue
      }
      return try DescriptionMarkup.prepare(.markdown)
    }
  }
}
