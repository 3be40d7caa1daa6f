import ArgumentParser

/// Runs Larder's own parts for `bench.py`, which measures the process from outside.
@main
struct LarderBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "LarderBenchmark",
    abstract: "Runs parts of Larder to be measured.",
    subcommands: [
      BuildCommand.self, RenderCommand.self, JSONCommand.self, MakeListCommand.self,
      FilterCommand.self, MarkupCommand.self, PutCommand.self,
    ]
  )
}
