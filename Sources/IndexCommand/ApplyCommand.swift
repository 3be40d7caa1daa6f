import ArgumentParser
import IndexPipeline
import IndexStages

/// `larder apply`: makes the index in a folder the one that a delta archive was made of.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Apply a delta archive to the index in a folder.",
    discussion: """
      The sink tarball makes delta archives with "since". The folder must hold exactly the index \
      that the archive is the difference to. It is replaced in one step, or stays as it is.
      """
  )

  @Argument(help: "The delta archive.", completion: .file())
  var archive: String

  @Option(help: "The folder with the index.", completion: .directory)
  var to: String

  func run() async throws {
    do {
      let outcome = try await DeltaApplication(archive, to: to).run()
      for warning in outcome.warnings { Console.error("warning: \(warning)") }
      try Console.output("\(to): \(Self.text(of: outcome))")
    } catch let failure as StageFailure {
      Console.show(failure.diagnostic)
      throw ExitCode(failure.kind.exitStatus)
    }
  }

  private static func text(of outcome: DeltaApplication.Outcome) -> String {
    guard let written = outcome.written else {
      return "it is at this manifest already (\(outcome.manifest)); nothing was written"
    }
    return "\(written.of("page")) written, \(outcome.removed.grouped) removed, "
      + "\(outcome.kept.grouped) kept; its manifest is \(outcome.manifest)"
  }
}
