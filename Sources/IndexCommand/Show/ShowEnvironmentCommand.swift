import ArgumentParser
import IndexPipeline

/// `larder show env`: the variables and files that a pipeline reads.
struct ShowEnvironmentCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "env",
    abstract: "List every variable and file that the placeholders of a pipeline name.",
    discussion: "Values are not shown: they may be secret."
  )

  @OptionGroup var options: PipelineOptions

  func run(_ registry: Registry) async throws {
    try Mistakes.explained { () throws in
      let check = try options.check(.lenient, registry)
      guard check.errors.isEmpty else { throw PipelineFileFailure(check) }
      let rows = check.placeholders.map { use in
        [name(of: use), state(of: use), use.place.description]
      }
      let widths = (0..<2).map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
      for row in rows {
        let cells = zip(row, widths).map { cell, width in
          cell + String(repeating: " ", count: width - cell.utf8.count + 2)
        }
        try Console.output(cells.joined() + row[2])
      }
    }
  }

  private func name(of use: PlaceholderUse) -> String {
    use.source == .file ? "${file:\(use.name)}" : "${env:\(use.name)}"
  }

  private func state(of use: PlaceholderUse) -> String {
    switch use.state {
    case .found: use.source == .file ? "read" : "set"
    case .fallback: "default \"\(use.fallback ?? "")\""
    case .missing(let reason): reason
    case .unknown: "unknown"
    }
  }
}
