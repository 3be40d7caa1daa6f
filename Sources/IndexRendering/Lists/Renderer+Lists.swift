import IndexModel
import StrictJSON

/// The lists that programs read.
extension Renderer {
  /// Renders `packages.json`: JSON lines with the keys that dumb-pypi knows, so that it can read
  /// them back.
  mutating func renderPackageList(_ part: RootPart, _ catalog: borrowing Catalog) {
    appendRecords(of: part, catalog, RecordEncoder.appendCompatible)
    batch.paths.append("packages.json")
    batch.endPage(.jsonLines, .state, continues: !part.isFirst)
  }

  /// Renders `larder/records.jsonl`: all that is known, for the next run and for auditors.
  mutating func renderRecords(_ part: RootPart, _ catalog: borrowing Catalog) {
    appendRecords(of: part, catalog, RecordEncoder.append)
    batch.paths.append("larder/records.jsonl")
    batch.endPage(.jsonLines, .state, continues: !part.isFirst)
  }

  @inline(__always)
  private mutating func appendRecords(
    of part: RootPart,
    _ catalog: borrowing Catalog,
    _ encode: (
      _ filename: borrowing Span<UInt8>,
      _ facts: Facts,
      _ text: borrowing Span<UInt8>,
      _ output: inout ByteBuffer
    ) -> Void
  ) {
    let text = catalog.text.span
    for project in part.projects {
      for index in catalog.projects[project].distributions {
        let distribution = catalog.distributions[index]
        let facts = catalog.facts(of: distribution)
        encode(text[distribution.filename], facts, text, &batch.content)
      }
    }
  }
}
