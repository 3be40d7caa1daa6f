/// Why a text is no absolute URL of http or https.
public enum HTTPURLProblem: Error, Hashable, Sendable {
  /// It has no scheme or no host.
  case relative
  /// Its scheme is another one.
  case scheme
  /// The host is empty, too long, or holds a character that host names do not have.
  case host
  /// The port is not a number from 1 to 65535.
  case port
  /// It holds a control character.
  case control
  /// The user or the password is not percent-encoded.
  case login
}

extension HTTPURLProblem: CustomStringConvertible {
  /// What is wrong, without the text itself.
  public var description: String {
    switch self {
    case .relative: "it is not absolute, such as https://index.example/simple/"
    case .scheme: "its scheme is neither http nor https"
    case .host: "its host is no ASCII host name or address"
    case .port: "its port is not a number from 1 to 65535"
    case .control: "it holds a control character"
    case .login: "its user or password is not percent-encoded"
    }
  }
}
