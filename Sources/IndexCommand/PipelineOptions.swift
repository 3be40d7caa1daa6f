import ArgumentParser
import IndexPipeline

/// The flags of all verbs that read one pipeline.
struct PipelineOptions: ParsableArguments {
  @Argument(help: "The pipeline file; pipeline.json if none is given.")
  var file: String?

  @Option(
    name: [.customShort("c"), .customLong("config")],
    parsing: .unconditional,
    help: "The pipeline file; - is stdin."
  )
  var config: String?

  @Option(
    name: .customLong("set"),
    help: "Read the file as if VALUE stood at a JSON Pointer: POINTER=VALUE."
  )
  var edits: [String] = []

  @Flag(help: "Refuse stages that run other programs.")
  var noExec = false

  /// The path of the file.
  var path: String { config ?? file ?? "pipeline.json" }

  mutating func validate() throws {
    if config != nil, file != nil {
      throw ValidationError("give the pipeline file once, with or without -c")
    }
  }

  /// Checks the file.
  ///
  /// - Throws: `StageFailure` if it cannot be read, or has no place that `--set` names.
  func check(
    _ surroundings: Surroundings,
    _ registry: Registry
  ) throws(StageFailure) -> PipelineCheck {
    var bytes = try PipelineInput.pipelineFile(path)
    for edit in edits { bytes = try PipelineEdit(edit).applied(to: bytes) }
    var surroundings = surroundings
    if noExec { surroundings.allowsPrograms = false }
    return PipelineFile.check(
      bytes,
      path: path,
      registry: registry,
      surroundings: surroundings
    )
  }
}

extension PipelineOptions {
  /// The pipeline, ready to run; says what is to be warned of.
  ///
  /// - Throws: `StageFailure` if the file cannot be read, `PipelineFileFailure` with its mistakes.
  func pipeline(_ registry: Registry) throws -> Pipeline {
    let check = try check(.process, registry)
    guard var pipeline = check.pipeline else { throw PipelineFileFailure(check) }
    for warning in check.warnings { Console.show(warning) }
    pipeline.setting.readFile = { path throws(StageFailure) in try PipelineInput.list(path) }
    return pipeline
  }
}

/// The flags that leave stages of a pipeline out.
struct StageOptions: ParsableArguments {
  @Option(help: "Write to this sink only; may be given several times.")
  var only: [String] = []

  @Option(help: "Leave out this stage; may be given several times.")
  var skip: [String] = []

  /// Leaves the stages out.
  ///
  /// - Throws: `ExitCode` for a wrong argument if there is no such stage.
  func apply(to pipeline: inout Pipeline) throws {
    do throws(StageFailure) {
      try pipeline.restrict(toSinks: only, skipping: skip)
    } catch {
      Console.error(DiagnosticPrinter.text(of: error))
      throw ExitCode(ExitStatus.usage)
    }
  }
}
