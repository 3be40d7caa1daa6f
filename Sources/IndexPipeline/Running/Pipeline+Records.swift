import IndexModel
import IndexRendering
import StrictJSON

// From the sources to the catalog.
extension Pipeline {
  func readSources(
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> [SourceOutput] {
    report.disabled = disabled
    try prepareMatchers()
    var outputs: [SourceOutput] = []
    for step in sources { outputs.append(try await read(step, into: &report, observer)) }
    return outputs
  }

  /// The records of all sources, after the transforms of each.
  func takeRecords(
    of outputs: consuming [SourceOutput],
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> RecordBatch {
    var records = RecordBatch()
    for (number, step) in sources.enumerated() {
      var batch = try await outputs[number].takeRecords()
      if number > 0 { batch.setSource(number) }
      report.trail?.note("source", step.id, source: number, batch)
      for transform in step.transforms {
        try await self.transform(&batch, with: transform, of: number, into: &report, observer)
      }
      if number == 0 { records = batch } else { records.append(batch) }
    }
    return records
  }

  private func read(
    _ step: SourceStep,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> SourceOutput {
    let clock = StopWatch()
    var stage = Report.Stage(kind: "source", id: step.id)
    observer.stageStarted(kind: stage.kind, id: stage.id)
    let output = try await locating(step.place) { try await readPatiently(step, observer) }
    report.skipped += output.skipped
    report.warnings += output.warnings
    for line in output.skipped { stage.dropped[line.code, default: 0] += 1 }
    stage.bytes = output.byteCount
    stage.output = output.recordCount
    stage.input = stage.output + output.skipped.count
    report.finish(stage, clock, observer)
    return output
  }

  /// Reads a source, and begins again if it is only busy and has given nothing yet.
  private func readPatiently(
    _ step: SourceStep,
    _ observer: any RunObserver
  ) async throws -> SourceOutput {
    let context = context(of: step, .run, observer)
    let result: Result<SourceOutput, any Error> = try await context.retrying {
      var output = SourceOutput(context)
      do {
        try await step.source.read(into: &output)
        return .success(output)
      } catch let failure as StageFailure where output.recordCount > 0 {
        return .failure(failure)
      }
    }
    return try result.get()
  }

  func merge(
    _ records: inout RecordBatch,
    into report: inout Report,
    _ observer: any RunObserver
  ) throws {
    guard sources.count > 1 else { return }
    let clock = StopWatch()
    var stage = Report.Stage(kind: "merge", id: "merge")
    stage.input = records.records.count
    let decisions = try merge.apply(to: records, sources: sources.map(\.id))
    stage.dropped = records.carryOut([decisions], by: stage.id, &report.drops)
    stage.output = records.records.count
    report.trail?.note(stage.kind, stage.id, source: nil, records)
    report.finish(stage, clock, observer)
  }

  func transform(
    _ records: inout RecordBatch,
    with step: TransformStep,
    of source: Int? = nil,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws {
    let clock = StopWatch()
    var stage = Report.Stage(kind: "transform", id: step.id)
    observer.stageStarted(kind: stage.kind, id: stage.id)
    stage.input = records.records.count
    let run = TransformRun(step: step, context: context(.transform, step.id, .run, observer))
    stage.dropped = try await locating(step.place) {
      try await run.apply(to: &records, into: &report)
    }
    stage.output = records.records.count
    report.trail?.note(stage.kind, stage.id, source: source, records)
    report.finish(stage, clock, observer)
  }

  func group(
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
    report.finish(stage, clock, observer)
    if stopsAtConflicts, let conflict = build.duplicates.first(where: \.isConflict) {
      throw StageFailure(
        .data,
        code: "conflicting-duplicate",
        "\"\(conflict.filename)\" is given twice with different digests or sizes",
        notes: ["lines \(conflict.droppedLine) and \(conflict.keptLine)"],
        help: "a file name stands for the same bytes forever: remove the wrong line"
      )
    }
    if render.needsURLs { try Self.checkURLs(of: build.catalog) }
    return build.catalog
  }

  /// Refuses distributions of which nobody says where they are.
  private static func checkURLs(of catalog: borrowing Catalog) throws(StageFailure) {
    for distribution in catalog.distributions where catalog.facts(of: distribution).url.isEmpty {
      let name = String(decoding: catalog.text.span[distribution.filename])
      throw StageFailure(
        .data,
        code: "missing-url",
        "no source says where \"\(name)\" is",
        help: "give the source a \"file_url\", or \"render\" another one than \"upstream\""
      )
    }
  }
}

/// Does the work of a stage; a failure that shows no place is said to be that of the stage.
func locating<Result>(_ place: Place?, _ work: () async throws -> Result) async throws -> Result {
  do {
    return try await work()
  } catch var failure as StageFailure where failure.excerpt == nil {
    let isLocated = failure.diagnostic.remarks.contains { $0.label.utf8.elementsEqual("at".utf8) }
    if let place, !isLocated {
      failure.diagnostic.remarks.append(Remark("at", place.description))
    }
    throw failure
  }
}

extension Report {
  /// Adds the account of a stage that ended.
  mutating func finish(_ stage: Stage, _ clock: StopWatch, _ observer: any RunObserver) {
    var stage = stage
    stage.milliseconds = clock.milliseconds
    stages.append(stage)
    observer.stageFinished(stage)
  }
}
