import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// A delta archive that was read and found to be one: it comes from where nobody may be trusted.
///
/// Nothing of it is used before all of it was looked at.
struct DeltaArchive: Sendable {
  private static let memoryLimit = 256 << 20

  let note: DeltaNote
  /// The manifest that is there afterwards.
  let manifest: Manifest
  let manifestBytes: [UInt8]
  /// The digest of each page that is there afterwards.
  let wanted: [[UInt8]: PageDigest]
  /// The pages that the archive holds, without its own two files.
  let paths: Set<[UInt8]>
  private let pages: SortedPages
  /// The folder in the archive that the index is in, with a slash.
  private let prefix: [UInt8]

  /// Reads an archive.
  ///
  /// - Throws: `StageFailure` if it cannot be read, or holds anything else than the pages of an index
  ///   with the digests of its manifest.
  init(_ path: String) throws {
    let members = try Members(of: path)
    guard
      let own = members.content.keys.filter({ $0.hasSuffix("larder/delta.json") })
        .min(by: { $0.count < $1.count })
    else { throw StageFailure.noDelta(path, "it has no larder/delta.json") }
    prefix = own.dropLast(DeltaNote.path.utf8.count)
    guard let note = members.content[own].flatMap({ DeltaNote(reading: $0) }) else {
      throw StageFailure.noDelta(path, "its larder/delta.json cannot be read")
    }
    self.note = note
    guard let bytes = members.content[prefix + Manifest.path.utf8] else {
      throw StageFailure.hostileDelta(path, "it has no manifest")
    }
    manifestBytes = bytes
    do throws(Manifest.Problem) {
      manifest = try Manifest(bytes)
      wanted = try manifest.allPages()
    } catch {
      throw StageFailure.hostileDelta(path, "its manifest: \(error.message)")
    }
    let digest = try Digest.of(bytes.span).hexadecimal
    guard manifest.isIntact, digest.utf8.elementsEqual(note.to.utf8) else {
      throw StageFailure.hostileDelta(path, "its manifest is not as it was written")
    }
    paths = try members.pages(below: prefix, wanted, in: path)
    pages = members.sorted
  }

  /// Calls `body` with each page of the archive.
  func forEachPage(_ body: ([UInt8], [UInt8]) async throws -> Void) async throws {
    for page in pages.pages {
      let path = Array(pages.paths[page.path].dropFirst(prefix.count))
      guard paths.contains(path) else { continue }
      var content = ByteBuffer(minimumCapacity: page.size)
      try pages.append(0..<page.size, of: page, to: &content)
      try await body(path, Array(content.span))
    }
  }

  /// What is in an archive, as it was found.
  private struct Members {
    let digests: [[UInt8]: PageDigest]
    /// What is read here already: the notes and manifests.
    let content: [[UInt8]: [UInt8]]
    let sorted: SortedPages

    init(of path: String) throws {
      let folder = ProcessSettings.temporaryFolder
      let gathering = PageGathering(memoryLimit: memoryLimit, folder: folder)
      var digests: [[UInt8]: PageDigest] = [:]
      var content: [[UInt8]: [UInt8]] = [:]
      var failure: StageFailure?
      do {
        let file = try InputFile.open(path)
        try ArchiveFiles.forEach(ofUntrusted: file) { member, bytes in
          // Archives that `tar` makes of a folder name it.
          let member = member.starts(with: "./".utf8) ? Array(member.dropFirst(2)) : member
          if digests.updateValue(PageDigest(bytes.span), forKey: member) != nil {
            failure = .hostileDelta(path, "it has two files called \(member.asName)")
          }
          if member.hasSuffix("larder/delta.json") || member.hasSuffix("larder/manifest.jsonl") {
            content[member] = bytes
          }
          do throws(IOFailure) {
            try gathering.add(Self.batch(member, bytes))
          } catch {
            failure = .spooling(error, in: folder)
          }
          return failure == nil
        }
      } catch let problem as ArchiveProblem {
        throw StageFailure.hostileDelta(path, "\(problem)")
      } catch let error as IOFailure {
        throw StageFailure(
          .unavailable,
          code: "cannot-read",
          "cannot read \(path): \(error.code)"
        )
      }
      if let failure { throw failure }
      (self.digests, self.content) = (digests, content)
      sorted = SortedPages(gathering.take())
    }

    private static func batch(_ path: [UInt8], _ content: [UInt8]) -> PageBatch {
      var batch = PageBatch(capacity: content.count)
      batch.paths.append(path.span)
      batch.content.append(content.span)
      batch.endPage(.html, .state)
      return batch
    }

    /// The pages in it, all of which the manifest must know.
    func pages(
      below prefix: [UInt8],
      _ wanted: [[UInt8]: PageDigest],
      in archive: String
    ) throws(StageFailure) -> Set<[UInt8]> {
      var pages: Set<[UInt8]> = []
      for (member, digest) in digests.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        let path = Array(member.dropFirst(prefix.count))
        if member.starts(with: prefix), path.isOwnFile { continue }
        guard member.starts(with: prefix), let expected = wanted[path] else {
          let name = member.asName
          throw .hostileDelta(archive, "it holds \(name), which is no page of its manifest")
        }
        if expected != digest {
          throw .hostileDelta(archive, "\(member.asName) has other bytes than its manifest says")
        }
        pages.insert(path)
      }
      return pages
    }
  }
}

extension [UInt8] {
  /// Whether it is the manifest, or what a delta archive says of itself.
  fileprivate var isOwnFile: Bool {
    elementsEqual(Manifest.path.utf8) || elementsEqual(DeltaNote.path.utf8)
  }

  /// A path for people, of any length and with any bytes.
  fileprivate var asName: String {
    let shown = DiagnosticPrinter.printable(prefix(80))
    return "\"\(shown)\(count > 80 ? "..." : "")\""
  }
}
