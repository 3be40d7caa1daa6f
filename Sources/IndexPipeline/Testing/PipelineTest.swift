/// What a pipeline should make of records that a test gives it.
public struct PipelineTest: Sendable {
  /// What is expected of a page.
  public struct Page: Sendable {
    /// Its path, relative to the root of the index.
    let path: String
    /// Texts that it must hold.
    let contains: [String]
    /// Texts that it must not hold.
    let lacks: [String]
  }

  /// A record that should be left out.
  public struct Drop: Sendable, Equatable {
    /// The file name.
    let filename: String
    /// The stage that should leave it out; any, if it is empty.
    let stage: String
  }

  /// What it is called.
  public let name: String
  /// The path of the pipeline file.
  public let pipeline: String
  /// Variables that the pipeline sees beside those of the process.
  public let environment: [String: String]
  /// The line of the test in its file, from 1.
  public let line: Int
  /// The records of each source, by its id: file names, or records in JSON.
  let sources: [String: [String]]
  /// The file names of projects; of a project that is named here, they must be exactly these.
  let files: [String: [String]]
  let drops: [Drop]
  let pages: [Page]
}

/// How a test of a pipeline ended.
public struct PipelineTestResult: Sendable {
  /// The test.
  public let test: PipelineTest
  /// What was not as expected, a line each; none if the test passed.
  public let failures: [String]
  /// How long it took.
  public let milliseconds: Int
}
