/// A key of an S3 service; no description shows it.
public struct S3Credentials: Sendable, Hashable {
  /// Which key it is.
  public let accessKeyID: String
  /// What requests are signed with; it is never sent.
  public let secretAccessKey: String
  /// What is sent beside a key that was lent.
  public let sessionToken: String?
  /// When they end, in seconds since 1970; `nil` if they do not.
  public let expiry: Int64?

  /// Takes a key.
  ///
  /// - Returns: `nil` if a part is empty, or holds anything but visible ASCII: no field of a request
  ///   can hold it then, or a line break came along with it.
  public init?(
    accessKeyID: String,
    secretAccessKey: String,
    sessionToken: String? = nil,
    expiry: Int64? = nil
  ) {
    for part in [accessKeyID, secretAccessKey, sessionToken ?? "-"] {
      guard !part.utf8.isEmpty, part.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        return nil
      }
    }
    guard accessKeyID.utf8.allSatisfy({ !"/,".utf8.contains($0) }) else { return nil }
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expiry = expiry
  }
}

extension S3Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// That there are some.
  public var description: String { sessionToken == nil ? "a key" : "a key with a session token" }

  /// That there are some.
  public var debugDescription: String { description }

  /// Nothing: `dump` prints no secrets.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
