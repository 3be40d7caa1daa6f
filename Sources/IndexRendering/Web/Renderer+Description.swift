package import DescriptionMarkup
import IndexModel
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
    let format = DescriptionFormat(contentType: text[facts.descriptionContentType])
    DescriptionMarkup.append(text[facts.description], as: format, to: &batch.content)
    batch.content.append("</section>\n")
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
      if facts.description.isEmpty { continue }
      let format = DescriptionFormat(contentType: text.span[facts.descriptionContentType])
      if format == .markdown { return try DescriptionMarkup.prepare(format) }
    }
  }
}
