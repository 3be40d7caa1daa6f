/// What came out of checking a pipeline file.
public struct PipelineCheck: Sendable {
  /// The path, as the person gave it.
  public let path: String
  /// Mistakes and warnings, in the order of the file.
  public let diagnostics: [Diagnostic]
  /// Whether the text is not JSON, so that nothing else was checked.
  public let isSyntax: Bool
  /// The pipeline, if nothing is wrong with the file and every value is known.
  public let pipeline: Pipeline?
  /// What the pipeline is made of, if nothing is wrong with the file.
  public let overview: PipelineOverview?
  /// The placeholders, in the order of the file.
  public let placeholders: [PlaceholderUse]
  /// All settings, in the order they were read.
  public let settings: [EffectiveSetting]

  init(
    path: String,
    _ log: PipelineLog,
    _ pipeline: Pipeline? = nil,
    _ overview: PipelineOverview? = nil,
    isSyntax: Bool = false
  ) {
    self.path = path
    diagnostics = log.diagnostics
    self.isSyntax = isSyntax
    self.pipeline = log.hasUnknowns ? nil : pipeline
    self.overview = overview
    placeholders = log.placeholders
    settings = log.settings
  }

  /// What is wrong with the file.
  public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  /// What is not as it should be, and keeps nothing from running.
  public var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }

  /// The last line after the mistakes of the file.
  public var verdict: String {
    if isSyntax { return "error: \(path) is not valid JSON; nothing else was checked" }
    let count = errors.count
    return "error: \(count) error\(count == 1 ? "" : "s") in \(path); nothing was run"
  }
}

/// All that is wrong with a pipeline file.
public struct PipelineFileFailure: Error, Sendable {
  /// What came out of checking it; it has at least one mistake.
  public let check: PipelineCheck

  init(_ check: PipelineCheck) { self.check = check }

  /// The path, as the person gave it.
  public var path: String { check.path }
  /// Whether the text is not JSON, so that nothing else was checked.
  public var isSyntax: Bool { check.isSyntax }
  /// The mistakes, in the order of the file.
  public var failures: [StageFailure] { check.errors.map { StageFailure(.config, $0) } }
}
