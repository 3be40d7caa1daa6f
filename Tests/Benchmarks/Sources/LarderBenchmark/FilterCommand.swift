import ArgumentParser
import IndexModel
import IndexPipeline
import IndexStages
import StrictJSON

/// Passes a list through a program that speaks `jsonl`, and tells the rate.
struct FilterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filter",
    abstract: "Time how records pass through a program."
  )

  @Argument(help: "The list: JSON objects, one per line, by its absolute path.")
  var list: String

  @Option(help: "The program.")
  var program = "cat"

  @Option(help: "How often it is timed.")
  var passes = 3

  func run() async throws {
    for _ in 0..<passes {
      let pipeline = try PipelineFile.read(text, path: "/", registry: .standard(), now: nil)
      var report = Report()
      _ = try await pipeline.catalog(into: &report, SilentObserver())
      guard let stage = report.stages.first(where: { $0.id == "program" }) else { continue }
      let rate = stage.input * 1000 / max(stage.milliseconds, 1)
      print(#"{"records": \#(stage.input), "ms": \#(stage.milliseconds), "per_second": \#(rate)}"#)
    }
  }

  private var text: [UInt8] {
    let pipeline = """
      { "version": 1, "render": {},
        "sources": [{ "type": "file", "path": "\(list)", "on_error": "skip" }],
        "transforms": [
          { "type": "exec", "id": "program", "protocol": "jsonl", "command": ["\(program)"] }
        ],
        "sinks": [{ "type": "filesystem", "path": "unused" }] }
      """
    return Array(pipeline.utf8)
  }
}
