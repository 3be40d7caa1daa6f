import IndexModel
import IndexTransport

/// A file behind a URL of which something is not known.
struct RemoteFile: Sendable {
  /// What is missing.
  struct Wish: Sendable {
    var digests: [HashAlgorithm] = []
    var metadata = false
    var description = false
    var size = false
    var time = false

    var isEmpty: Bool { digests.isEmpty && !readsMetadata && !size && !time }

    /// Whether the metadata of the file is to be read.
    var readsMetadata: Bool { metadata || description }
  }

  /// The place of its record among those of the run.
  let index: Int
  let url: HTTPURL
  let filename: [UInt8]
  let name: DistributionFilename
  let wish: Wish
  /// The digests that its record claims, in lower case.
  let claims: [HashAlgorithm: String]
  /// The size that its record claims; nil if there is none or it is not exact.
  let claimedSize: Int?
  /// Whether its record claims that `.metadata` is served beside it.
  let claimsSibling: Bool

  var kind: DistributionKind { name.kind }

  /// Where its metadata is, if it is served.
  ///
  /// Behind a query installers do not agree where that would be.
  var siblingURL: HTTPURL? {
    guard url.query == nil, kind == .wheel || claimsSibling else { return nil }
    return url.resolving((url.bytes + Array(".metadata".utf8)).span)
  }

  /// Whether it is a zip archive, of which parts can be read.
  var isZip: Bool {
    switch kind {
    case .wheel, .egg: true
    case .sdist: filename.span.hasEnding([".zip"])
    case .wininst, .msi, .rpm, .dmg, .dumb: false
    }
  }

  /// Whether it is a compressed tar archive with metadata in it.
  var isTar: Bool { kind == .sdist && !isZip }

  /// The strongest of its claims that nobody can forge, as `name=digits`.
  var strongClaim: String? {
    for algorithm in [HashAlgorithm.sha256, .sha512, .sha384] {
      if let digest = claims[algorithm] { return "\(algorithm.name)=\(digest)" }
    }
    return nil
  }
}
