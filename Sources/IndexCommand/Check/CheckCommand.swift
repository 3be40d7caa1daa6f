import ArgumentParser
import IndexPipeline

/// `larder check`: says what is wrong with pipeline files, and what was not looked at.
struct CheckCommand: StageVerb {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check pipeline files, also those in Markdown.",
    discussion: """
      By itself it looks at the files only. In Markdown, the fenced blocks of JSON that contain \
      "sinks" are checked.
      """
  )

  @Argument(help: "Pipeline files, patterns such as 'conf/**/*.json', or Markdown files.")
  var files: [String] = ["pipeline.json"]

  @Flag(help: "Look at the environment and at the files that placeholders name.")
  var env = false

  @Flag(help: "Ask each source and sink whether it answers; implies --env.")
  var online = false

  @Flag(help: "Exit with 1 if there are warnings.")
  var denyWarnings = false

  @Option(help: "How to print what is found.")
  var format = CheckFormat.human

  func run(_ registry: Registry) async throws {
    var result = CheckResult(level: online ? .online : env ? .environment : .files)
    do throws(StageFailure) {
      for pattern in files {
        let pattern = PathPattern(pattern)
        for path in try pattern.matches() {
          await check(path, isFound: pattern.isPattern, registry, &result)
        }
      }
      try format.print(result)
    } catch {
      Console.show(error.diagnostic)
      throw ExitCode(error.kind.exitStatus)
    }
    let status = result.exitStatus(denyWarnings: denyWarnings)
    if status != 0 { throw ExitCode(status) }
  }

  private func check(
    _ path: String,
    isFound: Bool,
    _ registry: Registry,
    _ result: inout CheckResult
  ) async {
    do throws(StageFailure) {
      let bytes = try PipelineInput.pipelineFile(path)
      let texts = CheckedText.texts(of: bytes, at: path, isFound: isFound)
      if texts.isEmpty { result.skip(path) }
      for text in texts {
        let check = PipelineFile.check(
          text.bytes,
          path: path,
          registry: registry,
          surroundings: env || online ? .checking : .filesOnly
        )
        result.add(check, named: text.name)
        if online, let pipeline = check.pipeline { await probe(pipeline, &result) }
      }
    } catch {
      result.add(error)
    }
  }

  /// Asks each stage whether the places outside answer.
  private func probe(_ pipeline: Pipeline, _ result: inout CheckResult) async {
    for stage in pipeline.allStages {
      do {
        try await stage.preflight()
      } catch let failure as StageFailure {
        result.add(pipeline.secrets.masking(failure))
      } catch {
        result.add(StageFailure(.bug, code: "bug", "\(error)"))
      }
    }
  }
}
