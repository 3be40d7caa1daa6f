import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

/// A generation of an index being made beside the one that is served.
///
/// It is a class because its descriptors are shared by the tasks that write.
final class FilesystemSession: SinkSession {
  let location: OutputLocation
  let generation: Directory
  let unwritten: Publication.Unwritten
  let removedFiles: Set<[UInt8]>
  let pageTime: FileTime?
  /// The compressed copies of pages.
  let copies: PageCopies
  /// What makes them; nil if none are made.
  let compressors: PageCompressors?
  /// The pages that may have come in parts, and so have no copies yet.
  let pagesInParts = Mutex<Set<[UInt8]>>([])
  private let lock: FileLock
  private let replaced: FileStatus?
  private let durable: Bool

  init(
    location: consuming OutputLocation,
    lock: consuming FileLock,
    generation: consuming Directory,
    replaced: FileStatus?,
    unwritten: Publication.Unwritten,
    removedFiles: Set<[UInt8]>,
    durable: Bool,
    pageTime: FileTime?,
    copies: PageCopies,
    compressors: PageCompressors?
  ) {
    self.location = location
    self.lock = lock
    self.generation = generation
    self.replaced = replaced
    self.unwritten = unwritten
    self.removedFiles = removedFiles
    self.durable = durable
    self.pageTime = pageTime
    self.copies = copies
    self.compressors = compressors
  }

  func write(_ batch: borrowing PageBatch) async throws {
    do {
      try writePages(batch)
    } catch {
      throw failure(error)
    }
  }

  /// One file costs three calls here, and each folder one more; nothing else is worth its time.
  private func writePages(_ batch: borrowing PageBatch) throws {
    var folder = PageFolder()
    for page in batch.pages {
      let path = batch.paths.span.extracting(page.path.lowerBound..<page.path.upperBound + 1)
      let content = batch.content.span.extracting(page.content)
      if folder.moves(to: path) { try folder.make(in: generation) }
      if page.continues {
        try generation.append(path, content, modified: pageTime)
      } else {
        try generation.write(path, content, modified: pageTime)
      }
      // Pages of the whole index may come in parts.
      let isWhole = page.role == .project && !page.continues
      try writeCopies(of: path.extracting(0..<path.count - 1), content, isWhole: isWhole)
    }
  }

  func commit() async throws -> [String] {
    do { try await writeRemainingCopies() } catch { throw failure(error) }
    var start: FileTime?
    if replaced != nil {
      start = try beginning()
      try await carryOver(from: location.name, .beforeSwitch)
    }
    try removeIntent()
    let isWorkingFolder: Bool
    do {
      isWorkingFolder = try location.isWorkingFolder()
      if let replaced {
        try generation.adoptOwner(of: replaced)
        try generation.setPermissions(replaced.permissions)
      }
      try stamp()
      if durable { try generation.syncFilesystem() }
    } catch {
      throw StageFailure(publishingTo: location.path, error)
    }
    try location.switchToNext(replacing: replaced != nil, durable: durable)
    guard let start else { return [] }
    return await warnings(since: start, isWorkingFolder: isWorkingFolder)
  }

  /// Removes what a publication left that replaced pages one by one and was killed: this one makes
  /// all of them.
  private func removeIntent() throws(StageFailure) {
    do throws(IOFailure) {
      try generation.removeFile([UInt8](path: PublicationIntent.page).span)
    } catch  where error.code == .missing {
    } catch {
      throw StageFailure(publishingTo: location.path, error)
    }
  }

  /// Does what is left after the switch, and says what of it failed: the index is published.
  private func warnings(since start: FileTime, isWorkingFolder: Bool) async -> [String] {
    var warnings: [String] = []
    do {
      try await carryOver(from: location.previous, .afterSwitch, since: start)
      try stamp()
    } catch {
      let reason = (error as? StageFailure)?.message ?? "\(error)"
      warnings.append("a file that appeared during the switch may be missing: \(reason)")
    }
    do { try await removeGeneration() } catch {
      warnings.append("an older generation of \(location.path) could not be removed: \(error)")
    }
    if isWorkingFolder {
      warnings.append("\(location.path) is another folder now: a shell in it must enter it anew")
      do { try generation.makeWorkingFolder() } catch { warnings.append("\(error)") }
    }
    return warnings
  }

  /// The time of the filesystem, less the two seconds that the coarsest one rounds by.
  private func beginning() throws(StageFailure) -> FileTime {
    do {
      try generation.touch()
      return FileTime(seconds: try generation.status().modified.seconds - 2)
    } catch {
      throw StageFailure(publishingTo: location.path, error)
    }
  }

  /// Gives the generation a time that no page in it exceeds: `pageTime` of the next one reads it.
  private func stamp() throws(IOFailure) {
    try generation.touch()
    if let pageTime, try generation.status().modified < pageTime {
      try generation.setModified(pageTime)
    }
  }

  func abandon() async {
    // What cannot be removed now is removed by the next publication, or fails it with a reason.
    try? await removeGeneration()
  }

  /// Removes what is called "next": the new generation before the switch, and after it the one
  /// before the old one.
  private func removeGeneration() async throws {
    let next = location.next
    if try location.parent.status(of: next.span)?.kind == .folder {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for share in TreeShare.halves {
          group.addTask { [self] in
            try location.parent.removeContents(of: next.span, share)
          }
        }
        try await group.waitForAll()
      }
    }
    try location.parent.removeTree(next.span)
  }
}
