import IndexModel
import IndexRendering
import StrictJSON

extension Pipeline {
  /// One sink's part in a publication.
  private struct Part {
    /// Its place among the sinks.
    let number: Int
    let step: SinkStep
    let receiver: SinkFeed.Receiver
    let session: any SinkSession
  }

  /// Hands files and then pages to all sinks that do not hold all of them; then each sink switches.
  ///
  /// - Returns: What was published where.
  func publish(
    _ work: PlannedWork,
    of catalog: Catalog,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> PublishedChanges {
    var parts: [Part] = []
    var changes: [Changes?] = []
    do {
      var publication = publication(of: work, catalog)
      for (index, step) in sinks.enumerated() {
        if work.isDone(at: index) { continue }
        publication.removedFiles = Set(work.files[index]?.changes.removed ?? [])
        guard let session = try await begin(step, publication, &report) else { continue }
        let receiver = SinkFeed.Receiver(
          session: session,
          inventory: work.holdings?[index],
          sendsChangesOnly: step.sink.sendsChangesOnly
        )
        parts.append(Part(number: index, step: step, receiver: receiver, session: session))
      }
      for part in parts {
        try await send(work.files[part.number]?.outgoing ?? [], to: part, into: &report, observer)
      }
      let receivers = parts.map(\.receiver)
      let outcome = try await RenderWork(work.selection, catalog, render, receivers, observer)
        .write(into: &report)
      changes = outcome.changes(at: receivers)
      for (part, changes) in zip(parts, changes) where part.receiver.sendsChangesOnly {
        try await part.session.remove(changes?.removed ?? [])
      }
      for part in parts {
        let codings = part.step.sink.codings
        let manifest = work.manifest(of: catalog, outcome.pages, at: part.number, codings)
        if let manifest { try await part.session.write(manifest) }
      }
    } catch {
      for part in parts { await part.session.abandon() }
      throw Self.explained(error, parts)
    }
    for (index, part) in parts.enumerated() {
      changes[index]?.files = work.files[part.number]?.changes
    }
    var published = PublishedChanges(self, report)
    // To list all changes costs time, and nobody else wants to know.
    for (part, changes) in zip(parts, changes) where !hooks.isEmpty {
      published.add(
        part.step,
        changes ?? Changes(),
        manifest: work.changeOfManifest(at: part.number)
      )
    }
    for step in hooks { await step.hook.prepare(published) }
    let committed = try await commit(parts, changes, into: &report, observer)
    return published.limited(to: committed)
  }

  /// What sinks are told of the work before it is done.
  ///
  /// Where few projects changed, they are rendered twice to know which pages they have.
  private func publication(of work: PlannedWork, _ catalog: Catalog) -> Publication {
    var publication = work.selection.publication
    let shards = work.selection.shards
    guard case .kept = publication.unwritten, shards.reduce(0, { $0 + $1.count }) <= 16 else {
      return publication
    }
    var renderer = Renderer(render)
    for project in shards.joined() {
      renderer.render(project: project, of: catalog)
      for page in renderer.batch.pages {
        publication.projectPages.append(Array(renderer.batch.paths.span.extracting(page.path)))
      }
      renderer.batch.removeAll()
    }
    return publication
  }

  /// Hands files to one sink.
  private func send(
    _ files: [OutgoingFile],
    to part: Part,
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws {
    if files.isEmpty { return }
    let clock = StopWatch()
    var stage = Report.Stage(kind: "files", id: part.step.id)
    observer.stageStarted(kind: stage.kind, id: stage.id)
    try await part.session.write(files: files)
    (stage.input, stage.output) = (files.count, files.count)
    stage.bytes = files.reduce(0) { $0 + ($1.content.size ?? 0) }
    report.finish(stage, clock, observer)
  }

  /// Says of a sink that stopped half-way what became of the others.
  private static func explained(_ error: any Error, _ parts: [Part]) -> any Error {
    guard var failure = error as? StageFailure, failure.isPartial else { return error }
    let waiting = parts.filter { !$0.step.sink.sendsChangesOnly }.map { part in
      let type = type(of: part.step.sink).info.type
      return Remark(
        "",
        "sink \"\(part.step.id)\" (\(type)) was not written: sinks commit only after all uploads "
          + "succeed"
      )
    }
    let help = failure.diagnostic.remarks.firstIndex { $0.label.utf8.elementsEqual("help".utf8) }
    let place = help ?? failure.diagnostic.remarks.endIndex
    failure.diagnostic.remarks.insert(contentsOf: waiting, at: place)
    return failure
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

  /// Lets each sink switch.
  ///
  /// - Returns: The ids of those that did.
  private func commit(
    _ parts: [Part],
    _ changes: [Changes?],
    into report: inout Report,
    _ observer: any RunObserver
  ) async throws -> [String] {
    var committed: [String] = []
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
      committed.append(part.step.id)
      if let changes = changes[index] {
        report.changes.append(Report.SinkChanges(id: part.step.id, changes: changes))
      }
      stage.input = pages
      stage.output = pages
      report.finish(stage, clock, observer)
    }
    return committed
  }
}
