import ArgumentParser
import IndexPipeline
import IndexStages

/// Builds an index on disk through the pipeline and the sink that ship.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build an index into a folder or an archive."
  )

  @OptionGroup var index: IndexArguments

  @Option(help: "The folder of the index, or an archive by its name.")
  var output: String

  @Flag(inversion: .prefixedNo, help: "Wait until the index is on the device.")
  var durable = false

  func run() async throws {
    var report = Report()
    let archive = TarballSink(path: output, durable: durable)
    let sink: any Sink = archive ?? FilesystemSink(path: output, durable: durable)
    try await index.pipeline(to: sink).run(report: &report)
    print(report.jsonLine)
  }
}

extension Report {
  /// What was made, for `bench.py`.
  var jsonLine: String {
    let render = stages.first { $0.kind == "render" }
    let stages = self.stages.map { "\"\($0.kind)\": \($0.milliseconds)" }
    return """
      {"distributions": \(distributionCount), "projects": \(projectCount), \
      "skipped": \(skipped.count), "pages": \(render?.output ?? 0), \
      "bytes": \(render?.bytes ?? 0), "ms": {\(stages.joined(separator: ", "))}}
      """
  }
}
