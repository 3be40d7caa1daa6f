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
  let folder: String

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
