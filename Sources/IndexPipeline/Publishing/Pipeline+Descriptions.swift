import DescriptionMarkup
import IndexModel
import IndexRendering

extension Pipeline {
  /// Makes sure that what descriptions need is there, before the first page is written.
  ///
  /// - Throws: `StageFailure` if a page is to show Markdown and the library for it is missing.
  func prepareDescriptions(for work: PlannedWork, of catalog: Catalog) throws(StageFailure) {
    do throws(MissingLibrary) {
      try catalog.prepareDescriptions(of: work.selection.shards)
    } catch {
      throw StageFailure(
        .config,
        code: "missing-library",
        "descriptions of projects are in Markdown, which needs libmd4c: \(error.reason)",
        help:
          "install it (on Debian, libmd4c0), or leave descriptions out: \"descriptions\": false "
          + "for the source"
      )
    }
  }
}
