/// What a server asks for before it answers; no description shows it.
public enum HTTPLogin: Sendable, Hashable {
  /// A user and a password (RFC 7617).
  case basic(user: String, password: String)
  /// A token (RFC 6750).
  case bearer(String)

  /// The value of the Authorization field, or `nil` if no field can hold it.
  var authorization: String? {
    switch self {
    case .basic(let user, let password):
      // The first colon ends the user.
      if user.utf8.contains(UInt8(ascii: ":")) { return nil }
      return "Basic " + Base64.text(of: Array("\(user):\(password)".utf8))
    case .bearer(let token):
      let isToken = !token.isEmpty && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      return isToken ? "Bearer \(token)" : nil
    }
  }
}

extension HTTPLogin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind of login alone.
  public var description: String {
    switch self {
    case .basic: "user and password"
    case .bearer: "token"
    }
  }

  /// The kind of login alone.
  public var debugDescription: String { description }

  /// Nothing: `dump` prints no secrets.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
