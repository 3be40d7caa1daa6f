import ArgumentParser

/// `larder run`: runs a pipeline file.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline file."
  )
  func run() async throws {}
}
