import IndexModel
import IndexTransport
import StrictJSON

/// Checks that the metadata in a wheel is of the distribution that its file name says: installers
/// refuse it if not.
struct MetadataCheck {
  private let project: [UInt8]
  private let version: [UInt8]

  init(_ filename: [UInt8], _ name: DistributionFilename) {
    project = Array(filename[name.name])
    version = Array(filename[name.version])
  }

  func check(_ metadata: WheelMetadata) throws(FileProblem) {
    let hyphen = metadata.folder.lastIndex(of: UInt8(ascii: "-")) ?? metadata.folder.endIndex
    try check(
      "the folder of its METADATA",
      metadata.folder[..<hyphen],
      metadata.folder[hyphen...].dropFirst()
    )
    try check("its METADATA", metadata.bytes)
  }

  /// Checks the metadata alone.
  ///
  /// - Parameter subject: What messages call it.
  func check(_ subject: String, _ metadata: [UInt8]) throws(FileProblem) {
    let said = CoreMetadata(metadata.span)
    try check(subject, said.name[...], said.version[...])
  }

  private func check(
    _ subject: String,
    _ otherProject: ArraySlice<UInt8>,
    _ otherVersion: ArraySlice<UInt8>
  ) throws(FileProblem) {
    let isSame =
      Self.normalized(project) == Self.normalized(Array(otherProject))
      && Self.isEqual(version, Array(otherVersion))
    if isSame { return }
    let other = String(decoding: (otherProject + [0x20] + otherVersion).prefix(100), as: UTF8.self)
    throw .broken("\(subject) is of \"\(other)\", not of the file's project and version")
  }

  private static func normalized(_ name: [UInt8]) -> [UInt8] {
    var normalized: [UInt8] = []
    ProjectName.appendNormalized(name.span, to: &normalized)
    return normalized
  }

  /// Whether two versions are one: as PEP 440 compares them, else letter by letter, of which a file
  /// name writes `-` as `_`.
  private static func isEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    if let a = Version(a.span), let b = Version(b.span) { return a.sortKey == b.sortKey }
    let plain = { (text: [UInt8]) in text.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 } }
    return plain(a) == plain(b)
  }
}
