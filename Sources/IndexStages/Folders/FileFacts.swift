/// What the bytes of a file say, wherever it is and whatever it is called.
struct FileFacts: Sendable, Equatable {
  /// What metadata was found in a distribution.
  enum Metadata: Sendable, Equatable {
    /// Nobody looked.
    case unread
    /// There is none, as in old source archives.
    case missing
    /// What a record says of it, as members of its object, and the SHA-256 of the file.
    case found(members: [UInt8], digest: String)
  }

  /// The SHA-256 in hexadecimal digits; nil if nobody asked.
  var digest: String?
  /// The metadata.
  var metadata = Metadata.unread

  /// Whether everything that is asked for is known.
  func answers(digest needsDigest: Bool, metadata needsMetadata: Bool) -> Bool {
    (digest != nil || !needsDigest) && (metadata != .unread || !needsMetadata)
  }
}
