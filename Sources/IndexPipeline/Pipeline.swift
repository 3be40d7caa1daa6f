import IndexModel
public import IndexRendering

/// The way of an index, from what sources say to what sinks hold.
///
/// Start reading here.
///
///     sources ──records──▶ merge ──▶ Catalog ──▶ Renderer ──pages──▶ sinks
///
/// | border | value |
/// |---|---|
/// | a source gives | `RecordBatch`, what it says of distributions |
/// | the core groups and orders | `Catalog`, all of one index |
/// | the core renders | `PageBatch`, paths and bytes |
/// | a sink takes | pages, and switches to them when all are there |
///
/// Data runs one way. Sources and sinks wait for the world and are asynchronous; between them are
/// plain functions over batches, shared out to all cores.
public struct Pipeline: Sendable {
  /// A stage and its name in the pipeline.
  public struct Named<Stage: Sendable>: Sendable {
    /// The name, unique in the pipeline.
    public let id: String
    /// The stage.
    public let stage: Stage

    /// Names a stage.
    ///
    /// - Parameters:
    ///   - id: The name, unique in the pipeline.
    ///   - stage: The stage.
    public init(_ id: String, _ stage: Stage) {
      self.id = id
      self.stage = stage
    }
  }

  /// Where records come from; a project comes whole from the first source that has it.
  public var sources: [Named<any Source>]
  /// What is chosen about the pages.
  public var render: RenderOptions
  /// Where pages go.
  public var sinks: [Named<any Sink>]
  /// The records of the run before, if only what changed since is to be written.
  public var previous: (any Source)?
  /// Whether two records with one file name but different bytes stop the run.
  public var stopsAtConflicts = true

  /// Creates a pipeline; see the properties for what its parts are.
  public init(
    sources: [Named<any Source>],
    render: RenderOptions,
    sinks: [Named<any Sink>],
    previous: (any Source)? = nil
  ) {
    self.sources = sources
    self.render = render
    self.sinks = sinks
    self.previous = previous
  }

  /// Reads, renders and publishes.
  ///
  /// - Parameters:
  ///   - report: Takes the account of the run, also of one that fails.
  ///   - observer: Follows the run.
  /// - Throws: `StageFailure`; no sink has then been changed that did not say so.
  public func run(report: inout Report, observer: any RunObserver = SilentObserver()) async throws {
    let records = try await readSources(into: &report, observer)
    let catalog = try await group(records, into: &report, observer)
    let selection = try await select(from: catalog)
    guard !selection.isEmpty else { return }
    try await publish(selection, of: catalog, into: &report, observer)
  }

  private func readSources(
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> RecordBatch {
    var records = RecordBatch()
    for (number, source) in sources.enumerated() {
      let clock = StopWatch()
      var stage = Report.Stage(kind: "source", id: source.id)
      var output = SourceOutput()
      try await source.stage.read(into: &output)
      report.skipped += output.skipped
      report.warnings += output.warnings
      for line in output.skipped { stage.dropped[line.code, default: 0] += 1 }
      stage.bytes = output.byteCount
      stage.output = output.batch.records.count
      stage.input = stage.output + output.skipped.count
      var batch = output.takeBatch()
      batch.setSource(number)
      if number == 0 { records = batch } else { records.append(batch) }
      stage.milliseconds = clock.milliseconds
      report.stages.append(stage)
      observer.stageFinished(stage)
    }
    return records
  }

  private func group(
    _ records: consuming RecordBatch,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> Catalog {
    let clock = StopWatch()
    var stage = Report.Stage(kind: "catalog", id: "catalog")
    stage.input = records.records.count
    let build = await Catalog.build(from: records)
    report.duplicates = build.duplicates
    report.projectCount = build.catalog.projects.count
    report.distributionCount = build.catalog.distributions.count
    stage.output = report.distributionCount
    stage.dropped["duplicate"] = build.duplicates.isEmpty ? nil : build.duplicates.count
    stage.dropped["earlier-source"] = build.outranked == 0 ? nil : build.outranked
    stage.milliseconds = clock.milliseconds
    report.stages.append(stage)
    observer.stageFinished(stage)
    if stopsAtConflicts, let conflict = build.duplicates.first(where: \.isConflict) {
      throw StageFailure(
        .data,
        code: "conflicting-duplicate",
        "\"\(conflict.filename)\" is given twice with different digests or sizes",
        notes: ["lines \(conflict.droppedLine) and \(conflict.keptLine)"],
        help: "a file name stands for the same bytes forever: remove the wrong line"
      )
    }
    return build.catalog
  }
}
