import ArgumentParser
import IndexPipeline

/// What verbs that run nothing have in common.
enum Verb {
  /// Does the work of a verb, and says what is wrong.
  ///
  /// - Throws: `ExitCode` of the failure.
  static func run(_ work: () throws -> Void) throws {
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
