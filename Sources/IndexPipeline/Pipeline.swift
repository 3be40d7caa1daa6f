public import IndexModel
public import IndexRendering

/// The way of an index, from what sources say to what sinks hold.
///
/// Start reading here.
///
///     sources ──records──▶ merge ──▶ transforms ──▶ Catalog ──▶ Renderer ──pages──▶ sinks
///
/// | border | value |
/// |---|---|
/// | a source gives | `RecordBatch`, what it says of distributions |
/// | the merge decides | which source a project comes from |
/// | transforms decide | `RecordEditor`: what is dropped, and why; what is edited |
/// | the core groups and orders | `Catalog`, all of one index |
/// | the core renders | `PageBatch`, paths and bytes |
/// | a sink takes | pages, and switches to them when all are there |
/// | beside them | `OfferedFile`s of sources go to sinks that publish files, before all pages |
/// | hooks are told | `PublishedChanges`, once all sinks have switched |
///
/// Data runs one way. Sources and sinks wait for the world and are asynchronous; between them are
/// plain functions over batches, shared out to all cores.
public struct Pipeline: Sendable {
  /// What it is called in logs and reports.
  public var name = ""
  /// Where records come from.
  public var sources: [SourceStep]
  /// How records of several sources become one index.
  public var merge = Merge()
  /// What is done to the records of all sources, in order.
  public var transforms: [TransformStep] = []
  /// What is chosen about the pages.
  public var render: RenderOptions
  /// Where pages go.
  public var sinks: [SinkStep]
  /// What is done when something was published.
  public var hooks: [HookStep] = []
  /// What stops a publication that would lose too much.
  public var guards = Guards()
  /// Whether pages are compared with those that sinks hold, so that guards can be kept and the
  /// report can tell what changed.
  public var comparesFirst = true
  /// Whether every page is published anew, whatever sinks say that they hold.
  public var rebuilds = false
  /// The records of the run before, if only what changed since is to be written.
  public var previous: (any Source)?
  /// The ids of the stages that are not enabled.
  public var disabled: [String] = []
  /// What must not be shown of its settings.
  public var secrets = Secrets()
  /// The matchers of its stages, which are prepared when a run starts.
  public var matchers: [Matcher] = []
  /// What a run takes from outside beside its sources.
  public var setting = RunSetting()
  /// Whether two records with one file name but different bytes stop the run.
  public var stopsAtConflicts = true

  /// Creates a pipeline; see the properties for what its parts are.
  public init(
    sources: [SourceStep],
    transforms: [TransformStep] = [],
    render: RenderOptions,
    sinks: [SinkStep],
    previous: (any Source)? = nil
  ) {
    self.sources = sources
    self.transforms = transforms
    self.render = render
    self.sinks = sinks
    self.previous = previous
  }

  /// Reads, renders and publishes.
  ///
  /// - Parameters:
  ///   - report: Takes the account of the run, also of one that fails.
  ///   - observer: Follows the run.
  /// - Throws: `StageFailure`; no sink has then been changed that did not say so, unless its kind is
  ///   `hook`.
  public func run(report: inout Report, observer: any RunObserver = SilentObserver()) async throws {
    try await withStages(.run, observer) {
      let changes = try await update(into: &report, observer)
      try await runHooks(after: changes, into: &report, observer)
    }
  }

  /// Makes the sinks hold what the sources say.
  private func update(into report: inout Report, _ observer: any RunObserver) async throws
    -> PublishedChanges
  {
    let outputs = try await readSources(into: &report, observer)
    let (input, offers) = (input(outputs), outputs.flatMap(\.offers))
    let holdings = try await comparesFirst ? takeInventories() : nil
    if let holdings, try isHeld(input, at: holdings, &report) {
      return PublishedChanges(self, report)
    }
    let catalog = try await gather(outputs, into: &report, observer)
    if let holdings { try await check(guards, catalog, holdings, report) }
    var work = try await planWork(for: catalog, of: input, over: holdings, report)
    work.files = try await planFiles(offers, for: catalog, over: work.holdings)
    if work.isDone {
      report.changes = work.noChanges(at: sinks)
      return PublishedChanges(self, report)
    }
    try prepareDescriptions(for: work, of: catalog)
    return try await publish(work, of: catalog, into: &report, observer)
  }

  /// Finds out what `run` would do, and does nothing.
  ///
  /// - Parameters:
  ///   - report: Takes the account, with what would change at each sink.
  ///   - observer: Follows the work.
  /// - Throws: `StageFailure`, as `run` would.
  public func plan(report: inout Report, observer: any RunObserver = SilentObserver()) async throws
    -> Plan
  {
    try await withStages(.plan, observer) {
      let outputs = try await readSources(into: &report, observer)
      let (input, offers) = (input(outputs), outputs.flatMap(\.offers))
      let catalog = try await gather(outputs, into: &report, observer)
      let holdings = try await takeInventories()
      var work = try await planWork(for: catalog, of: input, over: holdings, report)
      work.files = try await planFiles(offers, for: catalog, over: work.holdings)
      try prepareDescriptions(for: work, of: catalog)
      report.changes = try await changes(of: work, to: catalog, into: &report, observer)
      let refusals = try await refusals(of: guards, catalog, holdings, report)
      return Plan(report.changes, refusals, try await differences(to: catalog, holdings))
    }
  }

  /// Reads the sources, and decides what is in the index.
  ///
  /// - Parameters:
  ///   - report: Takes the account, also of a run that fails.
  ///   - observer: Follows the run.
  /// - Throws: `StageFailure` of a source or a transform.
  public func catalog(into report: inout Report, _ observer: any RunObserver) async throws
    -> Catalog
  {
    try await withStages(.plan, observer) {
      let outputs = try await readSources(into: &report, observer)
      return try await gather(outputs, into: &report, observer)
    }
  }

  private func gather(
    _ outputs: consuming [SourceOutput],
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> Catalog {
    var records = try await takeRecords(of: outputs, into: &report, observer)
    try merge(&records, into: &report, observer)
    for step in transforms {
      try await transform(&records, with: step, into: &report, observer)
    }
    report.silentConditions = allMatchers.flatMap(\.silentConditions)
    return try await group(consume records, into: &report, observer)
  }
}
