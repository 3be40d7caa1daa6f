import ArgumentParser
import IndexPipeline
import IndexTransport

/// The command.
public enum Larder {
  /// Runs the command line of this process and ends it with the exit status of its verb.
  ///
  /// The main thread only waits for signals, and all others are started with them blocked: so a
  /// signal gives up the work of the verb, and the process ends when nothing is left of it.
  public static func main() -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try StandardStreams.ensureOpen()
      ProcessSettings.ignoreWriteSignals()
      ProcessSettings.keepExitStatuses()
      let interruption = try Interruption()
      let work = Task.detached { await run(arguments, until: interruption) }
      interruption.wait { work.cancel() }
    } catch {
      exit(with: error, isGenerate: false)
    }
  }

  private static func run(_ arguments: [String], until interruption: Interruption) async {
    do {
      try await run(arguments)
      LarderCommand.exit()
    } catch {
      if let status = interruption.status { LarderCommand.exit(withError: ExitCode(status)) }
      exit(with: error, isGenerate: arguments.first == "generate")
    }
  }

  private static func run(_ arguments: [String]) async throws {
    var command = try LarderCommand.parseAsRoot(GenerateCommand.expandingFlags(of: arguments))
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }

  /// Prints what ArgumentParser has to say and ends the process.
  ///
  /// A wrong flag is status 64, but 2 for `generate`, as for dumb-pypi.
  private static func exit(with error: any Error, isGenerate: Bool) -> Never {
    if isGenerate, LarderCommand.exitCode(for: error) == .validationFailure {
      Console.error(LarderCommand.fullMessage(for: error))
      LarderCommand.exit(withError: ExitCode(2))
    }
    LarderCommand.exit(withError: error)
  }
}

struct LarderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "larder",
    abstract: "Makes a complete Python package index of static files.",
    version: Version.text,
    subcommands: [RunCommand.self, PlanCommand.self, GenerateCommand.self, PluginCommand.self]
  )
}

/// The release of Larder.
enum Version {
  static let text = Release.version
}
