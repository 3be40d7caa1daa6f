/// What a person chooses of an archive.
struct ArchiveOptions: Sendable {
  /// Where it is.
  var path: String
  /// How it is made.
  var format: ArchiveFormat
  /// How hard it is compressed.
  var level: Int
  /// The time of change of all files in it, in seconds since 1970; nil for the rule.
  var time: Int?
  /// The folder in it that the index is in; empty for none.
  var prefix: String
  /// The most bytes of pages that wait in memory.
  var memory: Int
  /// Whether an archive that was published survives a power cut.
  var isDurable: Bool
  /// The earlier archive, or its manifest, that it is only the difference to.
  var since: String?

  /// What an archive says of how it was made, so that another choice makes another archive though
  /// its pages are the same.
  var signature: [UInt8] {
    let time = ArchiveTime.chosen(self).map { "\($0)" } ?? "newest upload"
    let level = format.levels == nil ? "" : " \(level)"
    let kind = since == nil ? "index" : "delta"
    return Array("Larder \(kind); \(format.compression.rawValue)\(level); mtime \(time)".utf8)
  }

  /// What the path of each file begins with.
  var pathPrefix: [UInt8] { prefix.isEmpty ? [] : Array("\(prefix)/".utf8) }
}
