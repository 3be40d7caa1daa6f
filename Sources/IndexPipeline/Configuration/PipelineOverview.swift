/// What a pipeline is made of, for a person.
public struct PipelineOverview: Sendable {
  /// Whether a stage runs.
  public enum Condition: Sendable, Equatable {
    /// It runs.
    case enabled
    /// It does not run.
    case disabled
    /// A placeholder decides, such as `${env:PUBLISH}`.
    case decided(by: String)
  }

  /// A stage.
  public struct Stage: Sendable {
    /// What it plugs in as.
    public let kind: StageKind
    /// Its name in the pipeline.
    public let id: String
    /// Its type.
    public let type: String
    /// Whether it runs.
    public let condition: Condition
    /// The source whose records only it sees, if it is a transform of one.
    public let source: String?
  }

  /// The stages, in the order of the file.
  public let stages: [Stage]
  /// The title of the pages.
  public let title: String

  /// Lines such as `  2 sinks        cdn (s3), snapshot (tarball)`.
  public var lines: [String] {
    StageKind.allCases.flatMap { kind in
      let stages = stages.filter { $0.kind == kind }
      let label = "\(stages.count) \(kind)\(stages.count == 1 ? "" : "s")"
      let line = Self.line(label, stages.map(Self.text(of:)).joined(separator: ", "))
      let renderer = Self.line("renderer", "complete tree, title \(title.asJSON)")
      return (stages.isEmpty ? [] : [line]) + (kind == .transform ? [renderer] : [])
    }
  }

  private static func line(_ label: String, _ text: String) -> String {
    let gap = String(repeating: " ", count: max(1, 15 - label.utf8.count))
    return "  \(label)\(gap)\(text)"
  }

  private static func text(of stage: Stage) -> String {
    var facts: [String] = []
    if !stage.id.utf8.elementsEqual(stage.type.utf8) { facts.append(stage.type) }
    if let source = stage.source { facts.append("of \(source)") }
    switch stage.condition {
    case .enabled: break
    case .disabled: facts.append("not enabled")
    case .decided(let reference):
      if facts.isEmpty { facts.append(stage.type) }
      facts.append("enabled by \(reference)")
    }
    return facts.isEmpty ? stage.id : "\(stage.id) (\(facts.joined(separator: ", ")))"
  }
}
