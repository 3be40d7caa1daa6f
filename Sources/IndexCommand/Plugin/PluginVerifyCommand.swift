import ArgumentParser
import IndexPipeline
import IndexStages

/// `larder plugin verify`: checks whether a program keeps to the protocol.
struct PluginVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check step by step whether a program keeps to the protocol v1.",
    usage: "larder plugin verify [--options <json>] [--kind <kind>] -- <command> ..."
  )

  @Option(help: "The options that the program is told, as JSON.")
  var options = "{}"

  @Option(help: "What the program plugs in as, if it does not say so: source, transform or sink.")
  var kind: Kind?

  @Argument(parsing: .postTerminator, help: "The program and its arguments.")
  var command: [String] = []

  /// What a program plugs in as.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case source, transform, sink
  }

  func validate() throws {
    if command.isEmpty { throw ValidationError("give the program behind --") }
    if ProgramVerifier.problem(ofOptions: options) != nil {
      throw ValidationError("--options must be a JSON object")
    }
  }

  func run() async throws {
    let kind = kind.flatMap { StageKind(rawValue: $0.rawValue) }
    var lines: [String] = []
    let isConformant = await ProgramVerifier(command, options: options, kind: kind).run { step in
      lines.append("\(step.isPassed ? "ok  " : "FAIL") \(step.name): \(step.finding)")
      for remark in step.failure?.remarks ?? [] {
        let label = remark.label.utf8.isEmpty ? "" : "\(remark.label): "
        lines.append("       \(label)\(remark.text)")
        lines += remark.lines.map { "         \($0)" }
      }
    }
    lines.append(
      isConformant
        ? "the program keeps to the protocol" : "the program does not keep to the protocol"
    )
    let text = lines.map { DiagnosticPrinter.printable(Array($0.utf8)[...]) }
    try Console.output(text.joined(separator: "\n"))
    if !isConformant { throw ExitCode(ExitStatus.no) }
  }
}
