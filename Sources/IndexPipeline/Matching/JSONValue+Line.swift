import StrictJSON

extension JSONValue {
  /// The value on one line of JSON, as people write it.
  var asLine: String { asLine(textLimit: .max) }

  /// The value on one line of JSON, in which long texts are cut.
  ///
  /// - Parameter textLimit: The most characters of a text.
  func asLine(textLimit: Int) -> String {
    switch payload {
    case .object(let members):
      return members.isEmpty ? "{}" : "{ \(asMembers(textLimit: textLimit)) }"
    case .array(let elements):
      return "[\(elements.map { $0.asLine(textLimit: textLimit) }.joined(separator: ", "))]"
    case .string(let text): return text.cut(to: textLimit).asQuoted
    case .number(let digits): return digits
    case .boolean(let flag): return flag ? "true" : "false"
    case .null: return "null"
    }
  }

  /// The members of an object without the braces around them.
  var asMembers: String { asMembers(textLimit: .max) }

  private func asMembers(textLimit: Int) -> String {
    (members ?? []).map { "\($0.key.asQuoted): \($0.value.asLine(textLimit: textLimit))" }
      .joined(separator: ", ")
  }
}

extension String {
  fileprivate func cut(to limit: Int) -> String {
    // A character has at least one byte.
    if utf8.count <= limit || unicodeScalars.count <= limit { return self }
    return String(unicodeScalars.prefix(limit)) + "\u{2026}"
  }

  /// The text as a JSON string in which nothing is escaped that need not be.
  var asQuoted: String {
    // Only a web page needs `<` escaped.
    let parts = utf8.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false)
    let quoted = parts.map { String(decoding: $0, as: UTF8.self).asJSON.utf8 }
    let text = quoted.map { $0.dropFirst().dropLast() }.joined(separator: "<".utf8)
    return String(decoding: [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")], as: UTF8.self)
  }
}
