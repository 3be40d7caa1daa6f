import IndexRendering

/// Something that is done when an index was published, such as telling a cache what is stale.
///
/// Contract:
/// 1. `prepare` changes nothing but what the hook itself remembers.
/// 2. What is published stays, whatever becomes of the hook.
/// 3. What it could not do is owed: it does it with the next run, also if that publishes nothing.
public protocol Hook: Stage {
  /// Learns what sinks are about to show, before the first of them switches: a run that dies between
  /// a switch and ``run(after:)`` then owes it.
  func prepare(_ changes: PublishedChanges) async

  /// Does its work after all sinks switched, and what is owed from earlier runs.
  ///
  /// - Parameter changes: What was published; ``PublishedChanges/isEmpty`` if nothing was.
  /// - Returns: How many changes it was told, those that were owed too; 0 if it had nothing to do.
  /// - Throws: `StageFailure`, usually of the kind `hook`; the changes are then owed.
  func run(after changes: PublishedChanges) async throws -> Int
}

/// What a run published.
public struct PublishedChanges: Sendable {
  /// What it published at one sink.
  public struct AtSink: Sendable {
    /// The name of the sink in the pipeline.
    public let id: String
    /// Its type.
    public let type: String
    /// The path or the URL that it writes to; `nil` if it does not say.
    public let place: String?
    /// What became of the pages and the files, the manifest included.
    public let changes: Changes
  }

  /// What the pipeline is called, if it has a name.
  public let name: String
  /// The title of the pages.
  public let title: String
  /// The number of projects in the index.
  public let projectCount: Int
  /// The number of distributions in the index.
  public let distributionCount: Int
  /// The sinks that were written.
  public internal(set) var sinks: [AtSink] = []

  /// Whether nothing was published.
  public var isEmpty: Bool { sinks.isEmpty }
}

extension PublishedChanges {
  init(_ pipeline: Pipeline, _ report: Report) {
    name = pipeline.name
    title = pipeline.render.title
    projectCount = report.projectCount
    distributionCount = report.distributionCount
  }

  /// Adds a sink that was written.
  ///
  /// - Parameter manifest: What became of the manifest, of which `changes` do not tell; `nil` if it
  ///   was not written.
  mutating func add(
    _ step: Pipeline.SinkStep,
    _ changes: Changes,
    manifest: WritableKeyPath<Changes, [[UInt8]]>?
  ) {
    var changes = changes
    if let manifest {
      changes[keyPath: manifest].append(Array(Manifest.path.utf8))
      changes[keyPath: manifest].sort { $0.lexicographicallyPrecedes($1) }
    }
    sinks.append(
      AtSink(
        id: step.id,
        type: type(of: step.sink).info.type,
        place: step.sink.claims.first { $0.access == .writes }?.place,
        changes: changes
      )
    )
  }

  /// The changes at some sinks only.
  func limited(to ids: [String]) -> PublishedChanges {
    var limited = self
    limited.sinks = sinks.filter { sink in
      ids.contains { $0.utf8.elementsEqual(sink.id.utf8) }
    }
    return limited
  }
}
