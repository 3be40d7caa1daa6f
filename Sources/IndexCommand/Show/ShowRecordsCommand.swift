import ArgumentParser
import IndexModel
import IndexPipeline
import IndexStages
import StrictJSON

/// `larder show records`: the records of a pipeline, at the end or after a stage.
struct ShowRecordsCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "records",
    abstract: "Show the records that a pipeline makes an index of, a line of JSON each.",
    discussion: "Reads the sources and runs the transforms; no sink is touched."
  )

  @OptionGroup var options: PipelineOptions

  @Option(help: "Stop after this transform, or show what this source gives.")
  var after: String?

  @Option(name: .customLong("where"), help: "Conditions as in a pipeline file, as JSON.")
  var condition: String?

  @Option(help: "The most records to show.")
  var limit: Int?

  func run(_ registry: Registry) async throws {
    try await PipelineRunner().look {
      var pipeline = try options.pipeline(registry)
      pipeline.stopsAtConflicts = false
      if let after { try pipeline.end(after: after) }
      if let condition {
        let matcher = try Matcher(json: condition)
        pipeline.matchers.append(matcher)
        pipeline.transforms.append(
          Pipeline.TransformStep("where", FilterTransform(keep: matcher))
        )
      }
      return pipeline
    } _: { _, catalog, _ in
      try print(catalog)
    }
  }

  private func print(_ catalog: Catalog) throws(StageFailure) {
    var lines = ByteBuffer(minimumCapacity: 1 << 20)
    for distribution in catalog.distributions.prefix(limit ?? .max) {
      RecordEncoder.append(
        filename: catalog.text.span[distribution.filename],
        facts: catalog.facts(of: distribution),
        text: catalog.text.span,
        to: &lines
      )
      guard lines.count > 1 << 20 else { continue }
      try Console.output(lines.span)
      lines.removeAll()
    }
    try Console.output(lines.span)
  }
}
