import IndexModel
import StrictJSON

extension PipelineTest {
  /// Runs the test over a pipeline whose sources and sinks are replaced.
  ///
  /// - Parameters:
  ///   - pipeline: The pipeline of its file.
  ///   - makeSource: Makes a source of lines.
  ///   - render: Renders the index into memory: the pages by their paths.
  /// - Throws: `StageFailure` of a transform, or of a source that the test does not replace.
  public func run(
    _ pipeline: Pipeline,
    makeSource: ([String]) -> any Source,
    render: (Pipeline) async throws -> [String: [UInt8]]
  ) async throws -> PipelineTestResult {
    let clock = StopWatch()
    var pipeline = pipeline
    var failures: [String] = []
    pipeline.sources = pipeline.sources.map { step in
      if let lines = sources[step.id] {
        return Pipeline.SourceStep(step.id, makeSource(lines), transforms: step.transforms)
      }
      failures.append("the test does not replace the source \"\(step.id)\"")
      return step
    }
    guard failures.isEmpty else { return result(failures, clock) }
    var report = Report()
    let catalog = try await pipeline.catalog(into: &report, SilentObserver())
    failures += wrongFiles(catalog) + wrongDrops(report.drops)
    if !pages.isEmpty { failures += wrongPages(try await render(pipeline)) }
    return result(failures, clock)
  }

  private func result(_ failures: [String], _ clock: StopWatch) -> PipelineTestResult {
    PipelineTestResult(test: self, failures: failures, milliseconds: clock.milliseconds)
  }

  private func wrongFiles(_ catalog: Catalog) -> [String] {
    files.keys.sorted().flatMap { project -> [String] in
      let name = Array(project.utf8)
      let found = catalog.projects.first { catalog.text.span[$0.name].elementsEqual(name.span) }
      let filenames = (found?.distributions ?? 0..<0).map { index in
        String(decoding: catalog.text.span[catalog.distributions[index].filename])
      }
      let wanted = files[project] ?? []
      let missing = wanted.filter { !filenames.contains($0) }.map { "\(project): \($0) is missing" }
      return missing
        + filenames.filter { !wanted.contains($0) }.map { "\(project): \($0) is not expected" }
    }
  }

  private func wrongDrops(_ ledger: DropLedger) -> [String] {
    let entries = (0..<ledger.count).map { ledger[$0] }
    return drops.compactMap { drop in
      let found = entries.first { $0.filename.utf8.elementsEqual(drop.filename.utf8) }
      guard let found else { return "\(drop.filename) was not left out" }
      guard !drop.stage.isEmpty, !found.stage.utf8.elementsEqual(drop.stage.utf8) else {
        return nil
      }
      return "\(drop.filename) was left out by \(found.stage), not by \(drop.stage)"
    }
  }

  private func wrongPages(_ found: [String: [UInt8]]) -> [String] {
    pages.flatMap { page -> [String] in
      guard let bytes = found[page.path] else { return ["\(page.path) is missing"] }
      let holds = { (text: String) in bytes.firstRange(of: Array(text.utf8)) != nil }
      return page.contains.filter { !holds($0) }.map { "\(page.path) does not hold \($0.asJSON)" }
        + page.lacks.filter(holds).map { "\(page.path) holds \($0.asJSON)" }
    }
  }
}
