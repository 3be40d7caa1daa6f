import ArgumentParser
import IndexPipeline
import IndexStages

/// `larder verify`: says what is wrong with an index that was published.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Look for what is wrong with a published index.",
    discussion: """
      Also of an index that others made. With a manifest of Larder, each page must be there as it was published, and none besides. In \
      any index, links, digests, names and forms must agree, and a server must answer rightly. \
      The status is 1 if something is wrong; warnings do not count.
      """
  )

  @Argument(help: "The index: a folder, an archive, its URL, or s3://BUCKET/PREFIX.")
  var target: String

  @Option(help: "The URL of the service that has the bucket, if it is not Amazon's.")
  var endpoint: String?

  @Option(help: "How to print what is found.")
  var format = VerifyFormat.human

  func run() async throws {
    let result: Verification
    do {
      let context = StageContext(.sink, id: "verify", retry: RetryPolicy())
      result = try await IndexVerifier(of: target, endpoint: endpoint, context).verify()
    } catch let failure as StageFailure {
      Console.show(failure.diagnostic)
      throw ExitCode(failure.kind.exitStatus)
    }
    try format.print(result)
    if result.errorCount > 0 { throw ExitCode(ExitStatus.no) }
  }
}
