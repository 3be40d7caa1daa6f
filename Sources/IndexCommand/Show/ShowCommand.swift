import ArgumentParser

/// `larder show`: shows what Larder makes of a pipeline file.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a pipeline file comes to.",
    subcommands: [
      ShowConfigCommand.self, ShowEnvironmentCommand.self,
      ShowRecordsCommand.self,
    ]
  )
}
