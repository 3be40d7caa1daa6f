import IndexModel
import IndexTransport

/// What was found out about the file behind a URL.
struct RemoteFacts: Sendable, Equatable {
  /// What the file says of itself.
  enum Metadata: Sendable, Equatable {
    /// Nobody looked.
    case unread
    /// It has none, as old source archives.
    case missing
    /// What a record says of it, as members of its object.
    case found(members: [UInt8])
  }

  /// What is served as `.metadata` beside the file.
  enum Sibling: Sendable, Equatable {
    /// Nobody looked.
    case unknown
    /// Nothing, or something that is not the metadata of the file.
    case absent
    /// The metadata, with this SHA-256.
    case served(digest: String)
  }

  /// What tells whether the file changed.
  var validators: HTTPValidators?
  /// The strongest claim of the record when the file was read.
  var claim: String?
  var size: Int?
  var digests: [HashAlgorithm: String] = [:]
  var metadata = Metadata.unread
  /// What a record says of its description, as members of its object; nil if nobody asked.
  var description: [UInt8]?
  var sibling = Sibling.unknown

  /// When the file was changed last, as the server says.
  var lastModified: HTTPDate? { validators?.lastModified.flatMap { HTTPDate($0) } }

  /// Whether everything that is asked for is known.
  func answers(_ file: RemoteFile) -> Bool {
    let wish = file.wish
    return wish.digests.allSatisfy { digests[$0] != nil }
      && (!wish.readsMetadata
        || metadata != .unread && (sibling != .unknown || file.siblingURL == nil))
      && (!wish.description || metadata == .missing || description != nil)
      && (!wish.size || size != nil)
  }

  /// Whether they are of the very bytes that a record means, whatever the server has now.
  func areProven(for file: RemoteFile) -> Bool {
    guard let strong = file.strongClaim else { return false }
    return claim == strong || digests.contains { "\($0.key.name)=\($0.value)" == strong }
  }
}
