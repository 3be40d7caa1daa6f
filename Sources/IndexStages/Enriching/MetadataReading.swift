import IndexModel
import IndexTransport
import StrictJSON

/// Reads what metadata says of a file, after a look at whether it is that file's.
struct MetadataReading {
  private let file: RemoteFile

  init(of file: RemoteFile) { self.file = file }

  /// The metadata in an archive of which parts can be read.
  ///
  /// - Returns: nil if it has none and need not have one.
  /// - Throws: `FileTrouble`, or what the reader throws.
  func bytes(in archive: some ByteRangeReader, tail: Int) async throws -> [UInt8]? {
    do {
      let zip = try await ZipReader(archive, tail: tail)
      switch file.kind {
      case .wheel:
        let metadata = try await zip.wheelMetadata()
        try MetadataCheck(file.filename, file.name).check(metadata)
        return metadata.bytes
      case .egg: return try await zip.eggMetadata()
      default: return try await zip.packageInfo()
      }
    } catch FileProblem.broken(let reason) {
      throw FileTrouble.broken(reason)
    } catch let problem as ArchiveProblem {
      throw try Self.trouble(problem)
    }
  }

  /// The metadata in a compressed tar archive.
  func bytes(inTar archive: WholeFile) throws -> [UInt8]? {
    do {
      return try archive.packageInfo()
    } catch let problem as ArchiveProblem {
      throw try Self.trouble(problem)
    }
  }

  private static func trouble(_ problem: ArchiveProblem) throws -> FileTrouble {
    if problem.trick == .library { throw problem }
    return .broken("\(problem)")
  }

  /// Whether metadata names the project and the version that the file name says.
  func belongs(_ metadata: [UInt8]) -> Bool {
    do throws(FileProblem) {
      try MetadataCheck(file.filename, file.name).check("it", metadata)
      return true
    } catch {
      return false
    }
  }

  /// Notes what records say of metadata.
  func take(_ metadata: [UInt8]?, into facts: inout RemoteFacts) {
    facts.metadata = .missing
    guard let metadata else { return }
    let said = CoreMetadata(metadata.span)
    var members = ByteBuffer()
    said.appendRecordMembers(of: file.kind == .wheel ? .wheel : .other, to: &members)
    facts.metadata = .found(members: Array(members.span))
    guard file.wish.description else { return }
    members.removeAll()
    said.appendDescriptionMembers(of: metadata.span, to: &members)
    facts.description = Array(members.span)
  }
}
