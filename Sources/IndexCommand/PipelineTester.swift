import IndexPipeline
import IndexTesting

/// Runs files of tests.
struct PipelineTester {
  let registry: Registry
  /// Only tests whose name holds this text are run.
  let filter: String

  /// Runs the tests of files that patterns name.
  ///
  /// - Throws: `StageFailure` if there is none or one cannot be read, `PipelineFileFailure` with the
  ///   mistakes of a file.
  func run(_ patterns: [String]) async throws -> [PipelineTestSuite] {
    var suites: [PipelineTestSuite] = []
    for pattern in patterns {
      for path in try PathPattern(pattern).matches() {
        let tests = try PipelineTestFile.read(PipelineInput.pipelineFile(path), path: path)
        var suite = PipelineTestSuite(path: path)
        for test in tests where filter.isEmpty || test.name.utf8.contains(filter.utf8) {
          suite.results.append(try await run(test))
        }
        suites.append(suite)
      }
    }
    return suites
  }

  private func run(_ test: PipelineTest) async throws -> PipelineTestResult {
    var surroundings = Surroundings.process
    let variable = surroundings.variable
    surroundings.variable = { name in
      test.environment[name].map { .value(Array($0.utf8)) } ?? variable(name)
    }
    let check = PipelineFile.check(
      try PipelineInput.pipelineFile(test.pipeline),
      path: test.pipeline,
      registry: registry,
      surroundings: surroundings
    )
    guard var pipeline = check.pipeline else { throw PipelineFileFailure(check) }
    pipeline.setting.readFile = { path throws(StageFailure) in try PipelineInput.list(path) }
    return try await test.run(pipeline, makeSource: { MemorySource($0) }) { pipeline in
      let sink = MemorySink()
      var pipeline = pipeline
      pipeline.sinks = [Pipeline.SinkStep("memory", sink)]
      pipeline.hooks = []
      var report = Report()
      try await pipeline.run(report: &report)
      return sink.pages
    }
  }
}
