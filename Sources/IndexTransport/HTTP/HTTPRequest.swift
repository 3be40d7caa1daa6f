/// What is asked of a server.
public struct HTTPRequest: Sendable {
  /// The methods of RFC 9110 9.3, and one of WebDAV.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Reads.
    case get = "GET"
    /// Reads the fields alone.
    case head = "HEAD"
    /// Writes the body under the URL.
    case put = "PUT"
    /// Lets the server process the body.
    case post = "POST"
    /// Removes what is under the URL.
    case delete = "DELETE"
    /// Makes a folder (RFC 4918 9.3).
    case mkcol = "MKCOL"
  }

  /// Where it is.
  public var url: HTTPURL
  /// What is to be done.
  public var method: Method
  /// Further fields.
  ///
  /// Another origin, after a redirect, gets those alone that cannot be credentials.
  public var fields: [HTTPField] = []
  /// What the server asks for; `nil` means that of ``url``.
  ///
  /// A field `Authorization` replaces both.
  public var login: HTTPLogin?
  /// The bytes that are wanted, of a GET.
  ///
  /// The answer is 206 with exactly those that there are, or 200 with all.
  public var range: Range<Int>?
  /// So many of the last bytes are wanted instead, of a GET.
  ///
  /// The answer is 206 with them, or with all if there are fewer, or 200 with all.
  public var suffix: Int?
  /// The version that is known already; then, and only then, 304 is an answer.
  public var validators: HTTPValidators?
  /// What is sent, by PUT and POST.
  public var body: [UInt8]?
  /// What is sent instead, by PUT, however long that takes while it goes on.
  public var upload: HTTPUpload?
  /// Takes the body of the answer in the place of ``HTTPResponse/body``; for one request only.
  public var file: HTTPFile?
  /// The most bytes that the body of the answer may have.
  public var maximumBytes: Int = 64 << 20

  /// Creates a request.
  public init(_ url: HTTPURL, method: Method = .get) {
    self.url = url
    self.method = method
  }

  /// What is wrong with it, if anything.
  var problem: String? {
    if let range, range.isEmpty || range.lowerBound < 0 || method != .get {
      return "the range of a request is not empty, not negative, and of a GET"
    }
    if let suffix, suffix < 1 || range != nil || method != .get {
      return "the last bytes that a request asks for are one or more, of a GET without a range"
    }
    if upload != nil && (body != nil || method != .put) { return "a file is sent by PUT, alone" }
    if maximumBytes < 0 { return "the most bytes of an answer are not negative" }
    if body != nil && method != .put && method != .post { return "\(method.rawValue) has no body" }
    if let login = login ?? url.login, login.authorization == nil {
      return "the \(login) of a request cannot be sent: a user has no colon, a token no space"
    }
    return nil
  }
}
