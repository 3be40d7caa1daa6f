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

// The bytes.

extension URLSyntax {
  /// Whether a path or a query may hold the byte: unreserved, sub-delims, and `%/:?@`.
  static func isAllowed(_ byte: UInt8) -> Bool {
    let mask: UInt64 = byte < 64 ? 0xAFFF_FFF2_0000_0000 : 0x47FF_FFFE_87FF_FFFF
    return byte < 128 && mask >> UInt64(byte & 63) & 1 == 1
  }

  private static func append(
    _ text: borrowing Span<UInt8>,
    _ range: Range<Int>,
    to output: inout [UInt8]
  ) {
    unsafe text.extracting(range).withUnsafeBufferPointer {
      unsafe output.append(contentsOf: $0)
    }
  }

  private static func appendEncoded(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "%"))
    output.append(digit(byte >> 4))
    output.append(digit(byte & 15))
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  private static func decoded(
    _ text: borrowing Span<UInt8>,
    _ range: Range<Int>
  ) throws(HTTPURLProblem) -> String {
    var bytes: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index] == UInt8(ascii: "%") {
        guard index + 2 < range.upperBound, let high = value(text[index + 1]),
          let low = value(text[index + 2])
        else { throw .login }
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of dots that the first segment consists of: 1 or 2.
  private static func dots(_ text: borrowing Span<UInt8>, _ segments: Range<Int>) -> Int? {
    for count in 0..<3 {
      let index = segments.lowerBound + count
      if index == segments.upperBound || text[index] == UInt8(ascii: "/") { return count }
      if text[index] != UInt8(ascii: ".") { return nil }
    }
    return nil
  }

  private static func hostStart(_ text: borrowing Span<UInt8>, _ authority: Range<Int>) -> Int {
    var index = authority.upperBound
    while index > authority.lowerBound {
      if text[index - 1] == UInt8(ascii: "@") { return index }
      index -= 1
    }
    return index
  }

  /// The byte in lower case, or `nil` if no host has it.
  private static func hostByte(_ byte: UInt8, isAddress: Bool) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): byte
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte | 0x20
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"): isAddress ? byte : nil
    case UInt8(ascii: "g")...UInt8(ascii: "z"): isAddress ? nil : byte
    case UInt8(ascii: "G")...UInt8(ascii: "Z"): isAddress ? nil : byte | 0x20
    case UInt8(ascii: "-"), UInt8(ascii: "_"): isAddress ? nil : byte
    default: nil
    }
  }

  /// The port, -1 if it is empty, or `nil` if it is none.
  private static func port(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
    if range.isEmpty { return -1 }
    var port = 0
    for index in range {
      guard let digit = value(text[index]), digit < 10 else { return nil }
      port = port * 10 + Int(digit)
      if port > 65535 { return nil }
    }
    return port > 0 ? port : nil
  }
}
