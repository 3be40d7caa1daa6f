import IndexPipeline
import IndexRendering
import IndexTesting

extension Pipeline {
  /// A pipeline from sources of lines to sinks.
  static func make(
    _ sources: [[String]],
    _ sinks: [MemorySink],
    previous: [String]? = nil
  ) -> Pipeline {
    Pipeline(
      sources: sources.enumerated().map { SourceStep("source-\($0)", MemorySource($1)) },
      render: RenderOptions(),
      sinks: sinks.enumerated().map { SinkStep("sink-\($0)", $1) },
      previous: previous.map { MemorySource($0) }
    )
  }
}
