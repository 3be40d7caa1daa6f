/// An absolute URL of http or https, in normal form (RFC 3986, RFC 9110 4.2.3).
///
/// Scheme and host are in lower case, the scheme's own port is left out, the path has no dot
/// segments and is at least `/`, and bytes that no URL may hold are percent-encoded: a space in a
/// link means `%20`, as in browsers. There is no fragment. Host names are ASCII; international
/// ones are written in their `xn--` form.
public struct HTTPURL: Sendable, Hashable {
  /// The URL without userinfo.
  public let bytes: [UInt8]
  /// The userinfo of the text, decoded; it is no part of ``bytes`` and never printed.
  public let login: HTTPLogin?
  /// Whether the scheme is https.
  public let isSecure: Bool
  /// Where the path starts in ``bytes``, with its `/`.
  let pathStart: Int
  /// Where the path ends: at the `?` of a query or at the end.
  let pathEnd: Int

  /// Reads an absolute URL.
  ///
  /// - Throws: `HTTPURLProblem` if it is none of http or https. It never holds the text, which may
  ///   hold a password.
  public init(_ text: String) throws(HTTPURLProblem) {
    let source = Array(text.utf8)
    let reference = try URLReference(source.span)
    guard let isSecure = reference.isSecure, let authority = reference.authority else {
      throw .relative
    }
    var output: [UInt8] = []
    output.reserveCapacity(source.count + 1)
    try URLSyntax.appendOrigin(source.span, authority, isSecure: isSecure, to: &output)
    let pathStart = output.count
    URLSyntax.appendPath(source.span, reference.path, to: &output)
    let pathEnd = output.count
    URLSyntax.appendQuery(source.span, reference.query, to: &output)
    bytes = output
    login = try URLSyntax.login(source.span, authority)
    self.isSecure = isSecure
    self.pathStart = pathStart
    self.pathEnd = pathEnd
  }

  /// Takes bytes in normal form.
  init(normal bytes: [UInt8], isSecure: Bool) {
    self.bytes = bytes
    login = nil
    self.isSecure = isSecure
    let start = bytes.dropFirst(isSecure ? 8 : 7).firstIndex(of: UInt8(ascii: "/"))
    pathStart = start ?? bytes.count
    pathEnd = bytes[pathStart...].firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
  }

  /// Takes bytes in normal form, which have the origin of another URL and no query.
  init(_ bytes: [UInt8], like other: HTTPURL) {
    self.bytes = bytes
    login = nil
    isSecure = other.isSecure
    pathStart = other.pathStart
    pathEnd = bytes.count
  }

  /// The URL without userinfo.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The scheme, the host and the port: what credentials are for.
  public var origin: HTTPOrigin { HTTPOrigin(bytes: Array(bytes[..<pathStart])) }

  /// The host in lower case, without the port; an IPv6 address is in brackets.
  public var host: String {
    let authority = bytes[(isSecure ? 8 : 7)..<pathStart]
    var end = authority.endIndex
    if let colon = authority.lastIndex(of: UInt8(ascii: ":")),
      !authority[colon...].contains(UInt8(ascii: "]"))
    {
      end = colon
    }
    return String(decoding: authority[..<end], as: UTF8.self)
  }

  /// The path, percent-encoded, which starts with `/`.
  public var path: ArraySlice<UInt8> { bytes[pathStart..<pathEnd] }

  /// The query, percent-encoded, without its `?`; `nil` if there is none.
  public var query: ArraySlice<UInt8>? {
    pathEnd < bytes.count ? bytes[(pathEnd + 1)...] : nil
  }
}

extension HTTPURL: CustomStringConvertible {
  /// The URL without userinfo.
  public var description: String { text }
}

/// Scheme, host and port of a URL (RFC 6454).
public struct HTTPOrigin: Sendable, Hashable, CustomStringConvertible {
  /// Such as `https://index.example`; the scheme's own port is left out.
  let bytes: [UInt8]

  /// Such as `https://index.example`.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
