import ArgumentParser
public import IndexPipeline
import IndexStages
import IndexTransport

/// The command.
public enum Larder {
  /// Runs the command line of this process and ends it with the exit status of its verb.
  ///
  /// The main thread only waits for signals, and all others are started with them blocked: so a
  /// signal gives up the work of the verb, and the process ends when nothing is left of it.
  ///
  /// A program with stages of its own is a `main.swift` that calls this:
  ///
  /// ```swift
  /// Larder.main { registry in try registry.add(MySource.self) }
  /// ```
  ///
  /// - Parameter register: Adds stages to those that ship.
  public static func main(_ register: (inout Registry) throws -> Void = { _ in }) -> Never {
    do {
      try StandardStreams.ensureOpen()
      let arguments = try arguments()
      ProcessSettings.ignoreWriteSignals()
      ProcessSettings.keepExitStatuses()
      var registry = try Registry.standard()
      try register(&registry)
      try confineProcess(arguments, registry)
      let interruption = try Interruption()
      let work = Task.detached { [registry] in
        await run(arguments, registry, until: interruption)
      }
      interruption.wait { work.cancel() }
    } catch let failure as StageFailure {
      Console.error(DiagnosticPrinter.text(of: failure))
      LarderCommand.exit(withError: ExitCode(status(of: failure.kind)))
    } catch {
      exit(with: error, isGenerate: false)
    }
  }

  /// The words behind the name of the program, which Swift reads in `/proc`.
  private static func arguments() throws(StageFailure) -> [String] {
    if CommandLine.argc > 0 { return Array(CommandLine.arguments.dropFirst()) }
    throw StageFailure(
      .unavailable,
      code: "no-command-line",
      "larder cannot read its own command line, since /proc is not mounted",
      help: "mount it: mount -t proc proc /proc"
    )
  }

  /// Gives rights up that the verb does not need: the kernel takes them from a thread, and from those
  /// that it starts then.
  private static func confineProcess(_ arguments: [String], _ registry: Registry) throws {
    guard arguments.first == "run", arguments.contains("--confine") else { return }
    let verb = try LarderCommand.parseAsRoot(arguments)
    try (verb as? RunCommand)?.confineProcess(registry)
  }

  private static func run(
    _ arguments: [String],
    _ registry: Registry,
    until interruption: Interruption
  ) async {
    do {
      try await run(arguments, registry)
      LarderCommand.exit()
    } catch let failure as StageFailure where interruption.status == nil {
      Console.error(DiagnosticPrinter.text(of: failure))
      LarderCommand.exit(withError: ExitCode(status(of: failure.kind)))
    } catch {
      if let status = interruption.status { LarderCommand.exit(withError: ExitCode(status)) }
      exit(with: error, isGenerate: arguments.first == "generate")
    }
  }

  private static func run(_ arguments: [String], _ registry: Registry) async throws {
    try checkVerb(arguments.first)
    var command = try LarderCommand.parseAsRoot(GenerateCommand.expandingFlags(of: arguments))
    if let verb = command as? any StageVerb {
      try await verb.run(registry)
    } else if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }

  /// Refuses a verb that does not exist: ArgumentParser would name none that is near.
  private static func checkVerb(_ verb: String?) throws(StageFailure) {
    guard let verb, !verb.utf8.isEmpty, verb.utf8.first != UInt8(ascii: "-") else { return }
    let known = LarderCommand.configuration.subcommands.compactMap { verb in
      verb.configuration.commandName
    }
    if (known + ["help"]).contains(where: { $0.utf8.elementsEqual(verb.utf8) }) { return }
    let near = Suggestion.text(for: verb, among: known)
    throw StageFailure(
      .config,
      code: "unknown-verb",
      "\"\(verb)\" is not a verb of larder" + (near.isEmpty ? "" : "; \(near)"),
      notes: ["verbs: \(known.joined(separator: ", "))"],
      help: "`larder --help` says what each one does"
    )
  }

  /// The status of a failure that happened outside of a run: what is wrong then is the command.
  private static func status(of kind: StageFailure.Kind) -> Int32 {
    kind == .config ? ExitStatus.usage : kind.exitStatus
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
    subcommands: [
      RunCommand.self, PlanCommand.self, ApplyCommand.self, RollbackCommand.self,
      VerifyCommand.self, CheckCommand.self, WhyCommand.self, TestCommand.self, ShowCommand.self,
      DescribeCommand.self, SchemaCommand.self, InitCommand.self, ExplainCommand.self,
      PluginCommand.self, GenerateCommand.self,
    ]
  )
}

/// A verb that must know the stages of this build.
protocol StageVerb: AsyncParsableCommand {
  /// Does what the verb does.
  ///
  /// - Parameter registry: The stages that ship, and those that a program added.
  func run(_ registry: Registry) async throws
}

extension StageVerb {
  func run() async throws { try await run(.standard()) }
}

/// The release of Larder.
enum Version {
  static let text = Release.version
}
