import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// An archive being made: pages are gathered, and written when all are there.
final class TarballSession: SinkSession {
  private let options: ArchiveOptions
  private let location: OutputLocation
  private let lock: FileLock
  private let unwritten: Publication.Unwritten
  private let gathering: PageGathering
  private let spoolFolder: String
  /// What is told of the difference, if the archive is one.
  private let delta: DeltaDraft?

  init(
    _ options: ArchiveOptions,
    at location: consuming OutputLocation,
    _ lock: consuming FileLock,
    _ unwritten: Publication.Unwritten,
    _ delta: DeltaDraft? = nil
  ) {
    self.options = options
    self.location = location
    self.lock = lock
    self.unwritten = unwritten
    self.delta = delta
    spoolFolder = ProcessSettings.temporaryFolder
    gathering = PageGathering(memoryLimit: options.memory, folder: spoolFolder)
  }

  func write(_ batch: borrowing PageBatch) async throws {
    try delta?.look(at: batch)
    try add(batch)
  }

  private func add(_ batch: borrowing PageBatch) throws(StageFailure) {
    do throws(IOFailure) {
      try gathering.add(batch)
    } catch {
      throw StageFailure.spooling(error, in: spoolFolder)
    }
  }

  func remove(_ paths: [[UInt8]]) async throws { delta?.remove(paths) }

  func commit() async throws -> [String] {
    if let delta { try add(delta.page()) }
    if case .kept(let gone) = unwritten { try keepPages(except: gone) }
    let pages = SortedPages(gathering.take())
    do {
      let time = try ArchiveTime.seconds(options, pages)
      let output = try ArchiveOutput(
        to: OutputLocation.resolve(options.path),
        isDurable: options.isDurable
      )
      let isNew =
        switch options.format.container {
        case .tar:
          try await ArchivePublisher(TarFraming(pages, options, time: time), options, to: output)
            .make()
        case .zip:
          try await ArchivePublisher(ZipFraming(pages, options, time: time), options, to: output)
            .make()
        }
      if isNew {
        let (next, name) = (location.next, location.name)
        try location.parent.rename(next.span, to: name.span)
        if options.isDurable { try location.parent.sync() }
      }
    } catch let failure as IOFailure {
      throw StageFailure(publishingTo: location.path, failure, as: "archive")
    } catch let failure as LibraryFailure {
      throw StageFailure.compressing(location.path, failure)
    }
    return []
  }

  func abandon() async {
    _ = gathering.take()
    // What cannot be removed now is removed by the next publication, or fails it with a reason.
    let next = location.next
    try? location.parent.removeTree(next.span)
  }

  /// Takes over the pages of the present archive that are not written anew.
  private func keepPages(except gone: Set<[UInt8]>) throws {
    let written = gathering.paths
    var kept = PageBatch()
    var failure: IOFailure?
    func pass() -> Bool {
      do throws(IOFailure) { try gathering.add(kept) } catch { failure = error }
      kept.removeAll()
      return failure == nil
    }
    try ArchiveInventory(options).forEachPage { path, content in
      guard stays(path, gone), !written.contains(path) else { return true }
      kept.paths.append(path.span)
      kept.content.append(content.span)
      kept.endPage(.html, .state)
      return kept.content.count < 1 << 20 || pass()
    }
    if failure == nil { _ = pass() }
    if let failure { throw StageFailure.spooling(failure, in: spoolFolder) }
  }

  /// Whether a page that is not written anew is part of the index.
  private func stays(_ path: [UInt8], _ gone: Set<[UInt8]>) -> Bool {
    switch PagePath(path.span) {
    case .foreign: false
    case .project(let name): !gone.contains(Array(path[name]))
    // A manifest that is not written anew would say what is not so any more.
    case .root: !gone.contains([]) && !path.elementsEqual(Manifest.path.utf8)
    }
  }
}
