import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

/// A publication through a program.
final class ProgramPublication: SinkSession {
  private let talk: SinkTalk
  private let unwritten: Publication.Unwritten
  private let spool: Mutex<PageSpool>
  /// How often the program was given the pages: a publication that failed is not begun again.
  private let isOver = Atomic(false)

  init(_ talk: SinkTalk, _ publication: Publication, _ spool: consuming sending PageSpool) {
    self.talk = talk
    unwritten = publication.unwritten
    self.spool = Mutex(spool)
  }

  func write(_ batch: borrowing PageBatch) async throws {
    do throws(IOFailure) {
      try add(batch)
    } catch {
      throw StageFailure(
        .publish,
        code: "cannot-write",
        "cannot keep a page for \(talk.run.program.title): \(error)",
        help: "set TMPDIR to a folder with more room"
      )
    }
  }

  private func add(_ batch: borrowing PageBatch) throws(IOFailure) {
    try spool.withLock { spool throws(IOFailure) in try spool.add(batch) }
  }

  func commit() async throws -> [String] {
    let changes = changes()
    var talk = talk
    isOver.store(true, ordering: .relaxed)
    do throws(ProgramFault) {
      try await talk.stage(changes)
      try await talk.commit(changes.count)
    } catch {
      removeSpool()
      throw await talk.run.failure(error, "\(changes.count.of("change")) sent")
    }
    removeSpool()
    return []
  }

  func abandon() async {
    if !isOver.load(ordering: .relaxed) { await talk.discard() }
    removeSpool()
  }

  private func removeSpool() {
    do throws(IOFailure) {
      try spool.withLock { spool throws(IOFailure) in try spool.remove() }
    } catch {
      talk.run.context.log("pages are left over: \(error)")
    }
  }

  /// The messages that make the index of the sink the new one: pages of projects first, then those
  /// that link to them, and what goes at last.
  private func changes() -> [String] {
    spool.withLock { spool in
      var changes: [String] = []
      let order = spool.pages.indices.sorted { a, b in
        let (a, b) = (spool.pages[a], spool.pages[b])
        if a.role != b.role { return a.role < b.role }
        return a.path.lexicographicallyPrecedes(b.path)
      }
      for index in order {
        let page = spool.pages[index]
        let id = SinkTalk.id(of: page.hasher.digest)
        if let held = talk.entries[page.path], held.utf8.elementsEqual(id.utf8) { continue }
        changes.append(
          "{\"type\":\"artifact\",\"seq\":\(changes.count + 1),\"path\":\(page.path.asJSON),"
            + "\"media_type\":\"\(page.type.mediaType)\",\"id\":\"\(id)\",\"size\":\(page.size),"
            + "\"file\":\(spool.file(of: page).asJSON)}"
        )
      }
      let gone = talk.entries.keys.filter { !spool.contains($0) && goes($0) }
      for path in gone.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        changes.append(
          "{\"type\":\"delete\",\"seq\":\(changes.count + 1),\"path\":\(path.asJSON)}"
        )
      }
      return changes
    }
  }

  /// Whether a page that is not written anew goes; what is not Larder's stays.
  private func goes(_ path: [UInt8]) -> Bool {
    let kind = PagePath(path.span)
    switch unwritten {
    case .removed: return kind != .foreign
    case .kept(let names):
      guard case .project(let name) = kind else { return false }
      return names.contains(Array(path[name]))
    }
  }
}

extension [UInt8] {
  fileprivate var asJSON: String { String(decoding: self, as: UTF8.self).asJSON }
}
