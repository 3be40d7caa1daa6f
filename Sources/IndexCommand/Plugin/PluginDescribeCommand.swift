import ArgumentParser
import IndexPipeline
import IndexStages

/// `larder plugin describe`: shows what a program says of itself.
struct PluginDescribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Show what a program says of itself.",
    usage: "larder plugin describe -- <command> ..."
  )

  @Argument(parsing: .postTerminator, help: "The program and its arguments.")
  var command: [String] = []

  func validate() throws {
    if command.isEmpty { throw ValidationError("give the program behind --") }
  }

  func run() async throws {
    do {
      let found = try await ProgramDescription.ask(command)
      var lines = ["\(found.name) \(found.version)"]
      lines.append("\(found.kind?.rawValue ?? "of no known kind"): \(found.summary)")
      if let options = found.options { lines.append("options: \(options)") }
      let text = lines.map { DiagnosticPrinter.printable(Array($0.utf8)[...]) }
      try Console.output(text.joined(separator: "\n"))
    } catch let failure as StageFailure {
      Console.error(DiagnosticPrinter.text(of: failure))
      throw ExitCode(ExitStatus.no)
    }
  }
}
