import ArgumentParser

/// `larder plugin`: helps those who write programs as stages.
struct PluginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: "Check or describe a program that is a stage.",
    subcommands: [PluginVerifyCommand.self, PluginDescribeCommand.self]
  )
}
