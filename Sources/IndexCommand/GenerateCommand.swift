import ArgumentParser
import IndexModel
import IndexPipeline
import IndexRendering
import IndexStages

/// `larder generate`: dumb-pypi's command line, with the same meaning.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make an index of a list, with dumb-pypi's flags.",
    discussion: """
      The whole index is built anew and replaces the old one in one step. With a list of the \
      run before, only what changed since is written anew.

      Flags may be shortened to any prefix that only one of them has.
      """
  )

  @Option(parsing: .unconditional, help: "A list of file names, one per line; - is stdin.")
  var packageList: String?

  @Option(parsing: .unconditional, help: "A list of JSON objects, one per line; - is stdin.")
  var packageListJson: String?

  @Option(parsing: .unconditional, help: "The list of the run before, to write only what changed.")
  var previousPackageList: String?

  @Option(parsing: .unconditional, help: "The same, with a JSON object per line.")
  var previousPackageListJson: String?

  @Option(parsing: .unconditional, help: "The folder of the index; it is created if missing.")
  var outputDir: String

  @Option(
    parsing: .unconditional,
    help: "The URL of the distributions, absolute or relative to simple/<project>/."
  )
  var packagesUrl: String

  @Option(parsing: .unconditional, help: "The title of the web pages.")
  var title = "My Private PyPI"

  @Option(parsing: .unconditional, help: "The URL of a logo for the web pages.")
  var logo: String?

  @Option(parsing: .unconditional, help: "The width of the logo in pixels.")
  var logoWidth = 0

  @Flag(help: "Leave the moment of the run out of the pages: output is then repeatable.")
  var noGenerateTimestamp = false

  @Flag(help: "Leave out the legacy JSON page of each release.")
  var noPerReleaseJson = false

  @OptionGroup var reports: ReportOptions

  mutating func validate() throws {
    guard (packageList == nil) != (packageListJson == nil) else {
      throw ValidationError("give exactly one of --package-list and --package-list-json")
    }
    guard previousPackageList == nil || previousPackageListJson == nil else {
      throw ValidationError(
        "give at most one of --previous-package-list and --previous-package-list-json"
      )
    }
  }

  func run() async throws {
    try await PipelineRunner(verb: .generate, reports: reports).run { try makePipeline() }
  }

  private func makePipeline() throws -> Pipeline {
    var render = RenderOptions(fileURL: try packagesURL())
    render.title = title
    render.logo = logo ?? ""
    if let problem = FileURL.problem(ofPicture: render.logo) {
      throw StageFailure(.config, code: "wrong-value", "--logo: \(problem)")
    }
    render.logoWidth = logoWidth
    render.perReleaseJSON = !noPerReleaseJson
    render.generatedAt = noGenerateTimestamp ? nil : Clock.now
    var pipeline = Pipeline(
      sources: [Pipeline.SourceStep("list", source(packageList, packageListJson))],
      render: render,
      sinks: [Pipeline.SinkStep("output", FilesystemSink(path: outputDir, permissions: .umask))]
    )
    if previousPackageList != nil || previousPackageListJson != nil {
      pipeline.previous = source(previousPackageList, previousPackageListJson)
    }
    pipeline.stopsAtConflicts = false
    pipeline.comparesFirst = false
    return pipeline
  }

  private func packagesURL() throws(StageFailure) -> FileURL {
    do throws(FileURL.Problem) {
      return try FileURL(prefix: packagesUrl)
    } catch {
      throw StageFailure(.config, code: "wrong-value", "--packages-url: \(error.rawValue)")
    }
  }

  private func source(_ list: String?, _ json: String?) -> any Source {
    let format = list == nil ? ListFormat.jsonl : .list
    let path = list ?? json ?? "-"
    if path == "-" { return StdinSource(format: format, badLines: .skipFilenames) }
    return FileSource(path: path, format: format, badLines: .skipFilenames)
  }
}

extension GenerateCommand {
  private static let flags = [
    "--package-list", "--package-list-json", "--previous-package-list",
    "--previous-package-list-json", "--output-dir", "--packages-url", "--title", "--logo",
    "--logo-width", "--no-generate-timestamp", "--no-per-release-json", "--report",
    "--summary-file",
    "--metrics-file", "--help",
    "--version",
  ]

  /// The arguments with the shortened flags of `generate` written out, as Python's argparse reads
  /// them: any prefix that only one flag has.
  static func expandingFlags(of arguments: [String]) -> [String] {
    guard arguments.first == "generate" else { return arguments }
    var isValue = false
    return arguments.map { argument in
      guard !isValue, argument.utf8.starts(with: "--".utf8), argument.utf8.count > 2 else {
        isValue = false
        return argument
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let flag = expand(String(parts[0]))
      isValue = parts.count == 1 && !flag.utf8.starts(with: "--no-".utf8)
      return parts.count == 1 ? flag : "\(flag)=\(parts[1])"
    }
  }

  private static func expand(_ flag: String) -> String {
    if flags.contains(flag) { return flag }
    let matches = flags.filter { $0.utf8.starts(with: flag.utf8) }
    return matches.count == 1 ? matches[0] : flag
  }
}
