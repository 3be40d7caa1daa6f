import ArgumentParser
import IndexPipeline
import IndexTransport

/// How a run is told.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Whether a line shows what is under way.
enum Progress: String, ExpressibleByArgument, CaseIterable {
  case auto, tty, plain, none
}

/// The flags of verbs that take their time.
struct LogOptions: ParsableArguments {
  @Option(help: "How standard error tells the run: text, or json with one object a line.")
  var logFormat = LogFormat.text

  @Option(help: "Redraw a line (tty), print one a stage (plain), or neither (none).")
  var progress = Progress.auto

  @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Say only what is wrong.")
  var isQuiet = false

  /// The log of verbs without these flags.
  static var standard: any RunLog { TextLog(redraws: ProcessSettings.standardErrorIsTerminal) }

  /// The log that the flags ask for.
  func makeLog() -> any RunLog {
    if logFormat == .json { return JSONLog(isQuiet: isQuiet) }
    return TextLog(
      redraws: progress == .tty || progress == .auto && ProcessSettings.standardErrorIsTerminal,
      saysStages: progress != .none && !isQuiet,
      isQuiet: isQuiet
    )
  }
}
