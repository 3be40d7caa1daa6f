import IndexModel
import IndexTransport

/// A file of a folder that a record is made of, or that goes with such a one.
struct FoundFile: Sendable {
  /// Its path from the folder of the source on, without NUL.
  let path: [UInt8]
  /// Where its name begins in ``path``.
  let nameStart: Int
  /// What its name says; nil for what goes with a distribution.
  let name: DistributionFilename?
  /// Its state when the folder was looked through.
  let identity: FileIdentity
  /// Whether it is reached through a symbolic link.
  let isLink: Bool

  /// Its name.
  var filename: ArraySlice<UInt8> { path[nameStart...] }

  /// The path as people read it, with U+FFFD for what is not UTF-8.
  var text: String { String(decoding: path, as: UTF8.self) }
}
