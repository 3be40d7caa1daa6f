import IndexTransport
import StrictJSON

/// An archive as a row of shards, each of which can be made without the others.
///
/// Shards are cut by the pages alone, so that the archive is the same on any number of cores.
protocol ArchiveFraming: Sendable {
  /// How many shards there are.
  var shardCount: Int { get }

  /// Makes a shard.
  ///
  /// - Throws: `IOFailure` or `LibraryFailure`.
  func shard(_ number: Int, with tool: inout ArchiveTool) throws -> ArchiveShard

  /// What stands behind the last shard.
  ///
  /// - Parameters:
  ///   - members: The members of all shards, in their order.
  ///   - offset: The bytes of all shards.
  func ending(_ members: [ZipMemberEntry], at offset: Int) -> [UInt8]
}

/// What one core makes shards with.
struct ArchiveTool: ~Copyable {
  var buffer = ByteBuffer(minimumCapacity: 1 << 20)
  private let compressor: Compressor?

  init(_ options: ArchiveOptions) throws(LibraryFailure) {
    compressor =
      if let method = options.format.method {
        try Compressor(method, level: options.level)
      } else {
        nil
      }
  }

  /// What is in the buffer, compressed if the archive is.
  func compressed() throws(LibraryFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    switch compressor {
    case .some(let compressor): try compressor.compress(buffer.span, into: &bytes)
    case .none: bytes.append(contentsOf: buffer.span)
    }
    return bytes
  }
}

/// A finished piece of an archive.
struct ArchiveShard: Sendable {
  /// Its bytes.
  var bytes: [UInt8] = []
  /// Its members, of which a zip archive keeps a list; their offsets are those in the shard.
  var members: [ZipMemberEntry] = []
}
