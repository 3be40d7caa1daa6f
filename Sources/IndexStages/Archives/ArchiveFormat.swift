import IndexTransport

/// How an archive is made.
struct ArchiveFormat: Sendable, Equatable {
  /// How files stand in it.
  enum Container: String, CaseIterable, Sendable {
    case tar, zip
  }

  /// How a tar archive, or each file of a zip archive, is compressed.
  enum Compression: String, CaseIterable, Sendable {
    case none, gzip, zstd, xz, deflate
  }

  var container: Container
  var compression: Compression

  /// The format that the name of an archive promises; nil if it promises none.
  init?(of path: String) {
    for (suffix, format) in Self.suffixes where path.utf8.count > suffix.utf8.count {
      if path.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
        self = format
        return
      }
    }
    return nil
  }

  init(_ container: Container, _ compression: Compression) {
    (self.container, self.compression) = (container, compression)
  }

  private static var suffixes: [(String, ArchiveFormat)] {
    [
      (".tar", Self(.tar, .none)), (".tar.gz", Self(.tar, .gzip)), (".tgz", Self(.tar, .gzip)),
      (".tar.zst", Self(.tar, .zstd)), (".tzst", Self(.tar, .zstd)), (".tar.xz", Self(.tar, .xz)),
      (".txz", Self(.tar, .xz)), (".zip", Self(.zip, .deflate)),
    ]
  }

  /// Whether such archives exist.
  var isPossible: Bool {
    switch container {
    case .tar: compression != .deflate
    case .zip: compression == .none || compression == .deflate
    }
  }

  /// What compresses; nil if nothing does.
  var method: CompressionMethod? {
    switch compression {
    case .none: nil
    case .deflate: .deflate
    case .gzip: .gzip
    case .zstd: .zstd
    case .xz: .xz
    }
  }

  /// How hard the compressor may be asked to work.
  var levels: ClosedRange<Int>? {
    switch compression {
    case .none: nil
    case .deflate, .gzip: 1...12
    case .zstd: 1...19
    case .xz: 0...9
    }
  }

  /// The level at which more time gains little.
  var defaultLevel: Int { compression == .zstd ? 3 : 6 }

  /// The bytes that are compressed as one piece: many windows of the method, few for each core.
  var shardSize: Int {
    switch compression {
    case .none, .gzip, .deflate: 1 << 20
    case .zstd: 4 << 20
    case .xz: 8 << 20
    }
  }
}
