import StrictJSON

extension JSONValue {
  /// The value on one line of JSON, as people write it.
  var asLine: String {
    switch payload {
    case .object(let members):
      return members.isEmpty ? "{}" : "{ \(asMembers) }"
    case .array(let elements): return "[\(elements.map(\.asLine).joined(separator: ", "))]"
    case .string(let text): return text.asQuoted
    case .number(let digits): return digits
    case .boolean(let flag): return flag ? "true" : "false"
    case .null: return "null"
    }
  }

  /// The members of an object without the braces around them.
  var asMembers: String {
    (members ?? []).map { "\($0.key.asQuoted): \($0.value.asLine)" }.joined(separator: ", ")
  }
}

extension String {
  /// The text as a JSON string in which nothing is escaped that need not be.
  var asQuoted: String {
    // Only a web page needs `<` escaped.
    let parts = utf8.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false)
    let quoted = parts.map { String(decoding: $0, as: UTF8.self).asJSON.utf8 }
    let text = quoted.map { $0.dropFirst().dropLast() }.joined(separator: "<".utf8)
    return String(decoding: [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")], as: UTF8.self)
  }
}
