import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

// The new generation.
extension DeltaApplication {
  func publish(
    _ delta: DeltaArchive,
    over base: [[UInt8]: PageDigest],
    removing removed: Set<[UInt8]>,
    by sink: FilesystemSink
  ) async throws -> Outcome {
    // What stays of projects that change is written anew; all of the others is linked.
    let touched = Set((delta.paths.union(removed)).map(\.project)).union([[]])
    let session = try await sink.begin(Publication(unwritten: .kept(except: touched)))
    var outcome = Outcome(manifest: delta.note.to)
    do {
      var writer = PageWriter(session)
      for path in delta.wanted.keys
      where touched.contains(path.project) && !delta.paths.contains(path) {
        try await writer.add(path, try content(of: path, delta.wanted[path]))
      }
      try await delta.forEachPage { path, content in try await writer.add(path, content) }
      try await writer.add(Array(Manifest.path.utf8), delta.manifestBytes)
      try await writer.flush()
      outcome.warnings = try await session.commit()
    } catch {
      await session.abandon()
      throw error
    }
    outcome.written = delta.paths.count
    outcome.removed = removed.count
    outcome.kept = delta.wanted.count - delta.paths.count
    return outcome
  }

  /// A page of the folder that stays as it is.
  private func content(of path: [UInt8], _ expected: PageDigest?) throws(StageFailure) -> [UInt8] {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let outer = slash.map { path[..<$0] + [0] } ?? [0]
    let name = slash.map { path[($0 + 1)...] + [0] } ?? path + [0]
    let content: [UInt8]
    do throws(IOFailure) {
      let index = try Directory.open([UInt8](path: folder).span)
      let place = try index.descend(outer.span)
      content = try place.input(name.span).rest()
    } catch {
      throw StageFailure(publishingTo: folder, error)
    }
    if PageDigest(content.span) == expected { return content }
    throw StageFailure(overtakenAt: folder)
  }
}

/// Hands pages to a publication, many at once.
private struct PageWriter: ~Copyable {
  private let session: any SinkSession
  private var batch = PageBatch()

  init(_ session: any SinkSession) { self.session = session }

  mutating func add(_ path: [UInt8], _ content: [UInt8]) async throws {
    batch.paths.append(path.span)
    batch.content.append(content.span)
    batch.endPage(.html, .state)
    if batch.content.count >= 1 << 20 { try await flush() }
  }

  mutating func flush() async throws {
    try await session.write(batch)
    batch.removeAll()
  }
}

extension [UInt8] {
  /// The project that a page is of; empty for those of the whole index.
  fileprivate var project: [UInt8] {
    if case .project(let name) = PagePath(span) { Array(self[name]) } else { [] }
  }
}
