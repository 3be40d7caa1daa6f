/// A field of a request (RFC 9110 5): no line break can get into it.
public struct HTTPField: Sendable, Hashable {
  /// The name as it is sent.
  public let name: String
  /// The value as it is sent.
  public let value: String

  /// What the transport says by itself, or never says.
  private static let reserved: Set<String> = [
    "accept-encoding", "connection", "content-length", "expect", "host", "keep-alive",
    "proxy-authorization", "proxy-connection", "range", "te", "trailer", "transfer-encoding",
    "upgrade",
  ]
  /// What another origin may see; every other field may be a credential.
  private static let harmless: Set<String> = [
    "accept", "accept-language", "cache-control", "if-modified-since", "if-none-match", "pragma",
  ]

  /// Creates a field.
  ///
  /// - Returns: `nil` if the name is no token (RFC 9110 5.6.2), if the value holds CR, LF, NUL or
  ///   another control character or has a space at an end, or if the transport itself is
  ///   responsible for the field: framing, connection, host, ranges and encodings.
  public init?(_ name: String, _ value: String) {
    guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else { return nil }
    guard value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else { return nil }
    if let first = value.utf8.first, let last = value.utf8.last {
      guard first > 0x20, last > 0x20 else { return nil }
    }
    if Self.reserved.contains(Self.lowercased(name)) { return nil }
    self.name = name
    self.value = value
  }

  /// Creates a field of the transport itself.
  init(own name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether another origin may see it.
  var isHarmless: Bool { Self.harmless.contains(Self.lowercased(name)) }

  /// The name in lower case.
  var lowercaseName: String { Self.lowercased(name) }

  /// Whether it has this name, given in lower case.
  func isNamed(_ name: String) -> Bool { Self.lowercased(self.name) == name }

  /// The line of the field as libcurl takes it; there `Name:` would mean to leave it out.
  var line: String { value.isEmpty ? "\(name);" : "\(name): \(value)" }

  private static func lowercased(_ name: String) -> String {
    String(
      decoding: name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 },
      as: UTF8.self
    )
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

extension HTTPField: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The field; only the name, if the value may be a credential.
  public var description: String { isHarmless ? "\(name): \(value)" : "\(name): <hidden>" }

  /// The same as ``description``.
  public var debugDescription: String { description }

  /// Nothing: `dump` prints no secrets.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
