import IndexModel
import IndexTransport
import StrictJSON

/// Reads one file of a folder: its digest, and the metadata in it.
struct FactsReader: Sendable {
  /// The open folder of the source.
  final class Folder: Sendable {
    let directory: Directory

    init(_ directory: consuming Directory) { self.directory = directory }
  }

  /// The most bytes at the end of a zip archive that are read to find its directory.
  private static var tail: Int { 1 << 16 }

  let folder: Folder

  /// What is read of a file.
  struct Wish: Sendable {
    var digest = false
    var metadata = false
    /// Whether what the metadata says of the description is wanted too.
    var description = false
    /// Whether the metadata is wanted as it is too.
    var bytes = false
  }

  /// What was read of a file.
  struct Reading: Sendable {
    var facts = FileFacts()
    /// The bytes of the metadata file.
    var metadata: [UInt8]?
    var description: Description?
  }

  /// A description and its media type; both empty if there is none.
  struct Description: Sendable {
    var text: [UInt8]
    var contentType: [UInt8] = []
  }

  /// Reads a file.
  func read(_ found: FoundFile, _ wish: Wish) async throws(FileProblem) -> Reading {
    let file = try open(found)
    var reading = Reading()
    if wish.digest { reading.facts.digest = try digest(of: file) }
    if wish.metadata {
      let metadata = try await self.metadata(of: found, file)
      try Self.take(metadata, of: found, wish, into: &reading)
    }
    try check(file, found)
    return reading
  }

  private func open(_ found: FoundFile) throws(FileProblem) -> FileRanges {
    do throws(IOFailure) {
      let path = found.path + [0]
      let file = try folder.directory.input(path.span, followingLink: found.isLink)
      let ranges = FileRanges(file, size: Int(found.identity.size))
      if try FileIdentity(ranges.file.status()) == found.identity { return ranges }
    } catch {
      throw .unreadable(error.code)
    }
    throw .changing
  }

  /// Checks that nobody wrote the file while it was read.
  private func check(_ file: FileRanges, _ found: FoundFile) throws(FileProblem) {
    do throws(IOFailure) {
      if try FileIdentity(file.file.status()) == found.identity { return }
    } catch {
      throw .unreadable(error.code)
    }
    throw .changing
  }

  private func digest(of file: FileRanges) throws(FileProblem) -> String {
    do {
      var digest = try Digest(.sha256)
      try digest.update(readingAllOf: file.file) { Task.isCancelled }
      if Task.isCancelled { throw FileProblem.cancelled }
      return digest.finish().hexadecimal
    } catch {
      throw Self.problem(error)
    }
  }

  /// The metadata file in a distribution; nil if it has none and need not have one.
  private func metadata(
    of found: FoundFile,
    _ file: FileRanges
  ) async throws(FileProblem) -> [UInt8]? {
    let filename = Array(found.filename)
    do {
      let name = try DistributionFilename(filename.span)
      switch name.kind {
      case .wheel:
        let zip = try await ZipReader(file, tail: Self.tail)
        try await zip.checkHeaders()
        let metadata = try await zip.wheelMetadata()
        try MetadataCheck(filename, name).check(metadata)
        return metadata.bytes
      case .egg:
        let zip = try await ZipReader(file, tail: Self.tail)
        try await zip.checkHeaders()
        return try await zip.eggMetadata()
      case .sdist where filename.span.isTar:
        try file.file.rewind()
        return try SourceArchive.packageInfo(inTar: file.file, size: file.size)
      case .sdist:
        let zip = try await ZipReader(file, tail: Self.tail)
        try await zip.checkHeaders()
        return try await zip.packageInfo()
      case .wininst, .msi, .rpm, .dmg, .dumb: return nil
      }
    } catch {
      throw Self.problem(error)
    }
  }

  private static func take(
    _ metadata: [UInt8]?,
    of found: FoundFile,
    _ wish: Wish,
    into reading: inout Reading
  ) throws(FileProblem) {
    reading.facts.metadata = .missing
    guard let metadata else { return }
    if wish.bytes { reading.metadata = metadata }
    let said = CoreMetadata(metadata.span)
    var members = ByteBuffer()
    said.appendRecordMembers(of: found.isWheel ? .wheel : .other, to: &members)
    if wish.description {
      let text = said.description(in: metadata.span)
      reading.description = Description(
        text: text,
        contentType: text.isEmpty ? [] : said.descriptionContentType
      )
    }
    do throws(LibraryFailure) {
      reading.facts.metadata = .found(
        members: Array(members.span),
        digest: try Digest.of(metadata.span).hexadecimal
      )
    } catch {
      throw .library(error.reason)
    }
  }

  private static func problem(_ error: any Error) -> FileProblem {
    switch error {
    case let problem as FileProblem: problem
    case let failure as IOFailure: .unreadable(failure.code)
    case let failure as LibraryFailure: .library(failure.reason)
    case let problem as ArchiveProblem where problem.trick == .library: .library(problem.detail)
    default: .broken("\(error)")
    }
  }
}
