import IndexModel
import IndexRendering
import StrictJSON

extension Pipeline {
  /// One sink's part in a publication.
  private struct Part {
    let step: SinkStep
    let session: any SinkSession
    /// What it held before, if that is known.
    let holding: Inventory?
  }

  /// Renders the selected pages and hands them to all sinks; then each sink switches.
  func publish(
    _ selection: Selection,
    of catalog: Catalog,
    over holdings: [Inventory]?,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws {
    var parts: [Part] = []
    var changes: [Changes] = []
    do {
      for (index, step) in sinks.enumerated() {
        guard let session = try await begin(step, selection.publication, &report) else { continue }
        parts.append(Part(step: step, session: session, holding: holdings?[index]))
      }
      let work = RenderWork(
        selection,
        catalog,
        render,
        parts.map(\.session),
        holdings == nil ? nil : parts.compactMap(\.holding),
        observer
      )
      changes = try await work.write(into: &report)
    } catch {
      for part in parts { await part.session.abandon() }
      throw error
    }
    try await commit(parts, changes, into: &report, observer)
  }

  /// Begins at one sink; `nil` if it failed and may.
  private func begin(
    _ step: SinkStep,
    _ publication: Publication,
    _ report: inout Report
  ) async throws -> (any SinkSession)? {
    do {
      let session = try await step.sink.begin(publication)
      return step.isOptional ? TolerantSession(session) : session
    } catch let failure as StageFailure where step.isOptional {
      report.warnings.append("sink \"\(step.id)\" was not written: \(failure.message)")
      return nil
    }
  }

  private func commit(
    _ parts: [Part],
    _ changes: [Changes],
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws {
    let pages = report.stages.last?.output ?? 0
    for (index, part) in parts.enumerated() {
      let clock = StopWatch()
      var stage = Report.Stage(kind: "sink", id: part.step.id)
      observer.stageStarted(kind: stage.kind, id: stage.id)
      do {
        report.warnings += try await part.session.commit()
      } catch let failure as StageFailure where part.step.isOptional {
        await part.session.abandon()
        report.warnings.append("sink \"\(part.step.id)\" was not written: \(failure.message)")
        continue
      } catch {
        for waiting in parts[index...] { await waiting.session.abandon() }
        throw error
      }
      report.isPublished = true
      if changes.indices.contains(index) {
        report.changes.append(Report.SinkChanges(id: part.step.id, changes: changes[index]))
      }
      stage.input = pages
      stage.output = pages
      report.finish(stage, clock, observer)
    }
  }
}
