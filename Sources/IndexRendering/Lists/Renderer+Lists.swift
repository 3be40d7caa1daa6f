import IndexModel
import StrictJSON

/// The lists that programs read.
extension Renderer {
  /// Renders `packages.json`: JSON lines with the keys that dumb-pypi knows, so that it can read
  /// them back.
  mutating func renderPackageList(_ part: RootPart, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    for project in part.projects {
      for index in catalog.projects[project].distributions {
        let distribution = catalog.distributions[index]
        RecordEncoder.appendCompatible(
          filename: text[distribution.filename],
          facts: catalog.facts(of: distribution),
          text: text,
          to: &batch.content
        )
      }
    }
    batch.paths.append("packages.json")
    batch.endPage(.jsonLines, .state, continues: !part.isFirst)
  }

  /// Renders `larder/records.jsonl`: all that is known, for the next run and for auditors.
  mutating func renderRecords(_ part: RootPart, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    for project in part.projects {
      for index in catalog.projects[project].distributions {
        let distribution = catalog.distributions[index]
        RecordEncoder.append(
          filename: text[distribution.filename],
          facts: catalog.facts(of: distribution),
          text: text,
          to: &batch.content
        )
      }
    }
    batch.paths.append("larder/records.jsonl")
    batch.endPage(.jsonLines, .state, continues: !part.isFirst)
  }
}
