// References of a page or an answer, resolved as in RFC 3986 5.2.

extension HTTPURL {
  /// The URL that a reference means here.
  ///
  /// The fragment is left out, and so is a userinfo: credentials that a page or a server names are
  /// not ours to send.
  ///
  /// - Returns: `nil` if it is no URL of http or https.
  public func resolving(_ reference: borrowing Span<UInt8>) -> HTTPURL? {
    var output: [UInt8] = []
    guard appendResolved(reference, to: &output) else { return nil }
    return HTTPURL(normal: output, isSecure: output[4] == UInt8(ascii: "s"))
  }

  /// Appends the bytes of the URL that a reference means here, as ``resolving(_:)`` gives it.
  ///
  /// - Returns: Whether it is a URL of http or https; nothing is appended if not.
  /// - Complexity: O(*n*), without an allocation besides that of `output`.
  public func appendResolved(
    _ reference: borrowing Span<UInt8>,
    to output: inout [UInt8]
  ) -> Bool {
    let start = output.count
    do throws(HTTPURLProblem) {
      try append(try URLReference(reference), of: reference, to: &output)
      return true
    } catch {
      output.removeSubrange(start...)
      return false
    }
  }

  /// The URL of what has a name below this folder.
  ///
  /// - Parameter key: The name, not encoded, which may hold slashes.
  /// - Returns: `nil` if it begins with a slash, or if a part of it is `.` or `..`, which would lead
  ///   elsewhere.
  public func url(ofKey key: borrowing Span<UInt8>) -> HTTPURL? {
    guard key.isEmpty || key[0] != UInt8(ascii: "/"), !S3Address.hasDotSegments(key) else {
      return nil
    }
    var output: [UInt8] = []
    output.reserveCapacity(folderEnd + key.count + 16)
    output.append(contentsOf: bytes[..<folderEnd])
    S3Encoding.append(key, keepsSlashes: true, to: &output)
    return HTTPURL(output, like: self)
  }

  private func append(
    _ reference: URLReference,
    of text: borrowing Span<UInt8>,
    to output: inout [UInt8]
  ) throws(HTTPURLProblem) {
    if let authority = reference.authority {
      let isSecure = reference.isSecure ?? self.isSecure
      try URLSyntax.appendOrigin(text, authority, isSecure: isSecure, to: &output)
      URLSyntax.appendPath(text, reference.path, to: &output)
    } else {
      // RFC 3986 would let `http:page` be a URL without a host, which HTTP has none of.
      if reference.isSecure != nil { throw .relative }
      if reference.path.isEmpty {
        output.append(contentsOf: bytes[..<(reference.query == nil ? bytes.count : pathEnd)])
      } else if text[reference.path.lowerBound] == UInt8(ascii: "/") {
        output.append(contentsOf: bytes[..<pathStart])
        URLSyntax.appendPath(text, reference.path, to: &output)
      } else {
        let root = output.count + pathStart
        output.append(contentsOf: bytes[..<folderEnd])
        URLSyntax.appendSegments(text, reference.path, to: &output, root: root)
      }
    }
    URLSyntax.appendQuery(text, reference.query, to: &output)
  }

  /// Where the path's last segment starts.
  private var folderEnd: Int {
    var end = pathEnd
    while bytes[end - 1] != UInt8(ascii: "/") { end -= 1 }
    return end
  }
}
