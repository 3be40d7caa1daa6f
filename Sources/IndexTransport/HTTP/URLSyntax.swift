/// Writes the components of a URL in normal form (RFC 3986 6.2).
enum URLSyntax {
  /// Appends scheme, host and port, without the userinfo.
  ///
  /// - Throws: `HTTPURLProblem.host` or `.port`; part of it is appended then.
  static func appendOrigin(
    _ text: borrowing Span<UInt8>,
    _ authority: Range<Int>,
    isSecure: Bool,
    to output: inout [UInt8]
  ) throws(HTTPURLProblem) {
    if isSecure {
      output.append(contentsOf: "https://".utf8)
    } else {
      output.append(contentsOf: "http://".utf8)
    }
    let start = hostStart(text, authority)
    var end = start
    let isAddress = start < authority.upperBound && text[start] == UInt8(ascii: "[")
    while end < authority.upperBound, isAddress || text[end] != UInt8(ascii: ":") {
      guard let byte = hostByte(text[end], isAddress: isAddress) else { throw .host }
      output.append(byte)
      end += 1
      if byte == UInt8(ascii: "]") { break }
    }
    guard end > start, end - start <= 255 else { throw .host }
    if isAddress && (text[end - 1] != UInt8(ascii: "]") || end - start < 4) { throw .host }
    if end == authority.upperBound { return }
    guard text[end] == UInt8(ascii: ":") else { throw .host }
    guard let port = port(text, end + 1..<authority.upperBound) else { throw .port }
    if port == (isSecure ? 443 : 80) || port < 0 { return }
    output.append(UInt8(ascii: ":"))
    output.append(contentsOf: String(port).utf8)
  }

  /// The userinfo, percent-decoded.
  static func login(
    _ text: borrowing Span<UInt8>,
    _ authority: Range<Int>
  ) throws(HTTPURLProblem) -> HTTPLogin? {
    let end = hostStart(text, authority) - 1
    if end < authority.lowerBound { return nil }
    var colon = authority.lowerBound
    while colon < end, text[colon] != UInt8(ascii: ":") { colon += 1 }
    let user = try decoded(text, authority.lowerBound..<colon)
    let password = try decoded(text, min(colon + 1, end)..<end)
    return .basic(user: user, password: password)
  }

  /// Appends a path that starts with `/` or is empty, without its dot segments.
  static func appendPath(
    _ text: borrowing Span<UInt8>,
    _ path: Range<Int>,
    to output: inout [UInt8]
  ) {
    let root = output.count
    output.append(UInt8(ascii: "/"))
    if path.isEmpty { return }
    appendSegments(text, path.lowerBound + 1..<path.upperBound, to: &output, root: root)
  }

  /// Appends segments to a path that ends with `/` (RFC 3986 5.2.4).
  ///
  /// - Parameter root: Where the path starts in `output`; `..` does not lead above it.
  static func appendSegments(
    _ text: borrowing Span<UInt8>,
    _ segments: Range<Int>,
    to output: inout [UInt8],
    root: Int
  ) {
    let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
    var index = segments.lowerBound
    var copied = index
    var isStart = true
    while index < segments.upperBound {
      if !isStart {
        index += plainCount(text, index..<segments.upperBound)
        isStart = text[index - 1] == slash
        if index == segments.upperBound { break }
      }
      let byte = unsafe text[unchecked: index]
      if isStart && byte == dot, let count = dots(text, index..<segments.upperBound) {
        append(text, copied..<index, to: &output)
        if count == 2 {
          if output.count > root + 1 { output.removeLast() }
          while output[output.count - 1] != slash { output.removeLast() }
        }
        index = min(index + count + 1, segments.upperBound)
        copied = index
        continue
      }
      isStart = byte == slash
      if !isAllowed(byte) {
        append(text, copied..<index, to: &output)
        appendEncoded(byte, to: &output)
        copied = index + 1
      }
      index += 1
    }
    append(text, copied..<index, to: &output)
  }

  /// Appends a query with its `?`.
  static func appendQuery(
    _ text: borrowing Span<UInt8>,
    _ query: Range<Int>?,
    to output: inout [UInt8]
  ) {
    guard let query else { return }
    output.append(UInt8(ascii: "?"))
    var copied = query.lowerBound
    for index in query where !isAllowed(text[index]) {
      append(text, copied..<index, to: &output)
      appendEncoded(text[index], to: &output)
      copied = index + 1
    }
    append(text, copied..<query.upperBound, to: &output)
  }
}
