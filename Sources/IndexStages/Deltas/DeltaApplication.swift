import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// Makes the index in a folder the one that a delta archive was made of, in one step.
///
/// The folder must hold exactly the index that the archive is the difference to. All is compared
/// before anything is written; then a generation is made beside the folder and takes its place, as
/// the sink `filesystem` does it.
public struct DeltaApplication: Sendable {
  /// What was done.
  public struct Outcome: Sendable {
    /// The SHA-256 of the manifest that is there now.
    public let manifest: String
    /// How many pages were new or changed; nil if the folder was at this manifest already.
    public var written: Int?
    /// How many pages went.
    public var removed = 0
    /// How many pages stayed.
    public var kept = 0
    /// What is left over, and why.
    public var warnings: [String] = []
  }

  private let archive: String
  private let folder: String

  /// Prepares it.
  ///
  /// - Parameters:
  ///   - archive: The path of the delta archive.
  ///   - folder: The path of the folder.
  public init(_ archive: String, to folder: String) {
    (self.archive, self.folder) = (archive, folder)
  }

  /// Applies the archive.
  ///
  /// - Throws: `StageFailure` if one of the two is not what it should be, or the folder cannot be
  ///   written; the index is then as it was.
  public func run() async throws -> Outcome {
    let delta = try DeltaArchive(archive)
    let sink = FilesystemSink(path: folder, mode: .generation)
    let present = try present(noting: sink)
    let digest = try Digest.of(present.span).hexadecimal
    if digest.utf8.elementsEqual(delta.note.to.utf8) { return Outcome(manifest: digest) }
    guard digest.utf8.elementsEqual(delta.note.from.utf8) else {
      throw StageFailure.otherBase(folder, has: digest, delta.note)
    }
    let base = try basePages(present, delta)
    let removed = try check(delta, over: base)
    try checkPages(base)
    return try await publish(delta, over: base, removing: removed, by: sink)
  }

  /// The bytes of the manifest in the folder.
  private func present(noting sink: FilesystemSink) throws(StageFailure) -> [UInt8] {
    do throws(IOFailure) {
      try sink.seen.note(at: folder)
      return try InputFile.open("\(folder)/\(Manifest.path)").rest()
    } catch {
      throw StageFailure.noIndex(folder, "\(Manifest.path): \(error.code)")
    }
  }

  private func basePages(
    _ bytes: [UInt8],
    _ delta: DeltaArchive
  ) throws(StageFailure) -> [[UInt8]: PageDigest] {
    let (manifest, pages): (Manifest, [[UInt8]: PageDigest])
    do throws(Manifest.Problem) {
      manifest = try Manifest(bytes)
      pages = try manifest.allPages()
    } catch {
      throw StageFailure.changedFolder(folder, "the manifest: \(error.message)")
    }
    // A file that a manifest tells of is Larder's to delete.
    if delta.manifest.publishesNoMore(than: manifest) { return pages }
    let message = "its manifest tells of files that the index does not publish"
    throw StageFailure.hostileDelta(archive, message)
  }

  /// Makes certain that the archive and the index before make the whole index after.
  ///
  /// - Returns: The pages that go.
  private func check(
    _ delta: DeltaArchive,
    over base: [[UInt8]: PageDigest]
  ) throws(StageFailure) -> Set<[UInt8]> {
    for (path, digest) in delta.wanted
    where !delta.paths.contains(path) && base[path] != digest {
      let name = String(decoding: path, as: UTF8.self)
      throw StageFailure.hostileDelta(archive, "it lacks the page \(name)")
    }
    let removed = Set(base.keys.filter { delta.wanted[$0] == nil })
    if removed != Set(delta.note.removed) {
      let message = "the pages that it has removed are not those that its manifest does not have"
      throw StageFailure.hostileDelta(archive, message)
    }
    return removed
  }

  /// Makes certain that the folder holds the pages of its manifest and no others.
  private func checkPages(_ base: [[UInt8]: PageDigest]) throws(StageFailure) {
    var missing = base
    let found: PageInventory
    do throws(IOFailure) {
      let index = try Directory.open([UInt8](path: folder).span)
      found = try PageInventory(of: index, .none, .whole)
    } catch {
      throw StageFailure(publishingTo: folder, error)
    }
    for page in found.pages
    where !page.path.elementsEqual(Manifest.path.utf8) && page.path != PublicationIntent.path {
      let name = String(decoding: page.path, as: UTF8.self)
      guard let expected = missing.removeValue(forKey: page.path) else {
        throw StageFailure.changedFolder(folder, "it has the page \(name), which is not listed")
      }
      if expected != page.digest {
        throw StageFailure.changedFolder(folder, "the page \(name) has other bytes")
      }
    }
    if let path = missing.keys.min(by: { $0.lexicographicallyPrecedes($1) }) {
      let name = String(decoding: path, as: UTF8.self)
      throw StageFailure.changedFolder(folder, "the page \(name) is missing")
    }
  }
}

// The new generation.
extension DeltaApplication {
  private func publish(
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
