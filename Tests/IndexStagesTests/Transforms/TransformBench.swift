import IndexModel
import IndexPipeline
import IndexStages
import IndexTesting
import StrictJSON

/// What a pipeline made of some lines.
struct Outcome {
  /// The records in the index, as JSON, in the order of the index.
  let records: [String]
  let catalog: Catalog
  let report: Report

  /// The file names in the index.
  var filenames: [String] {
    catalog.distributions.map { String(decoding: catalog.text.span[$0.filename]) }
  }

  /// Each record that was left out, with its stage, reason and place.
  var drops: [String] {
    (0..<report.drops.count).map { index in
      let drop = report.drops[index]
      return "\(drop.filename) \(drop.stage): \(drop.reason) (\(drop.place))"
    }
  }
}

/// Runs transforms of a pipeline file over lines in memory.
enum TransformBench {
  /// The moment of every run.
  static let now = Timestamp(seconds: 1_700_000_000)

  static func registry() throws -> Registry {
    var registry = try Registry.standard()
    try registry.add(MemorySource.self)
    return registry
  }

  /// Reads a pipeline of transforms.
  ///
  /// - Parameter transforms: The elements of the array, as JSON.
  static func pipeline(_ transforms: String, _ lines: [String] = []) throws -> Pipeline {
    let text = """
      {
        "version": 1,
        "sources": [ { "type": "memory", "lines": [\(lines.map(quoted).joined(separator: ","))] } ],
        "transforms": [
      \(transforms)
        ],
        "render": {},
        "sinks": [ { "type": "filesystem", "path": "public" } ]
      }
      """
    return try PipelineFile.read(
      Array(text.utf8),
      path: "pipeline.json",
      registry: registry(),
      now: now
    )
  }

  static func run(_ transforms: String, _ lines: [String]) async throws -> Outcome {
    let pipeline = try pipeline(transforms, lines)
    var report = Report()
    let catalog = try await pipeline.catalog(into: &report, SilentObserver())
    let records = catalog.distributions.map { distribution in
      var buffer = ByteBuffer()
      RecordEncoder.append(
        filename: catalog.text.span[distribution.filename],
        facts: catalog.facts(of: distribution),
        text: catalog.text.span,
        to: &buffer
      )
      return String(decoding: buffer.span.extracting(..<(buffer.count - 1)))
    }
    return Outcome(records: records, catalog: catalog, report: report)
  }

  private static func quoted(_ text: String) -> String {
    var buffer = ByteBuffer()
    buffer.append(json: text)
    return String(decoding: buffer.span)
  }
}
