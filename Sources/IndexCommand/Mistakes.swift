import ArgumentParser
import IndexPipeline

/// How verbs say what is wrong.
enum Mistakes {
  /// Does the work of a verb that runs nothing.
  ///
  /// - Throws: `ExitCode` of what went wrong, after it was said.
  static func explained(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let failure as PipelineFileFailure {
      show(failure)
      throw ExitCode(StageFailure.Kind.config.exitStatus)
    } catch let failure as StageFailure {
      Console.show(failure.diagnostic)
      throw ExitCode(failure.kind.exitStatus)
    }
  }

  /// Shows all that is wrong with a pipeline file.
  static func show(_ failure: PipelineFileFailure) {
    for diagnostic in failure.check.diagnostics { Console.show(diagnostic) }
    Console.error(failure.check.verdict)
  }
}
