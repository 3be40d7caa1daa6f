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
        let metadata = try await zip.wheelMetadata().bytes
        if belongs(metadata) { return metadata }
        throw FileTrouble.broken("its METADATA is of another project or version")
      case .egg: return try await zip.eggMetadata()
      default: return try await zip.packageInfo()
      }
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

  /// Whether metadata names the project and the version that the file name says: installers refuse
  /// it if not.
  func belongs(_ metadata: [UInt8]) -> Bool {
    let said = CoreMetadata(metadata.span)
    let version = Array(file.filename[file.name.version])
    let isSameProject =
      Self.normalized(said.name) == Self.normalized(Array(file.filename[file.name.name]))
    if let a = Version(said.version.span), let b = Version(version.span) {
      return isSameProject && a.sortKey == b.sortKey
    }
    return isSameProject && said.version == version
  }

  /// What a record says of metadata.
  func members(of metadata: [UInt8]?) -> RemoteFacts.Metadata {
    guard let metadata else { return .missing }
    var members = ByteBuffer()
    let origin = file.kind == .wheel ? CoreMetadata.Origin.wheel : .other
    CoreMetadata(metadata.span).appendRecordMembers(of: origin, to: &members)
    return .found(members: Array(members.span))
  }

  private static func normalized(_ name: [UInt8]) -> [UInt8] {
    var normalized: [UInt8] = []
    ProjectName.appendNormalized(name.span, to: &normalized)
    return normalized
  }
}
