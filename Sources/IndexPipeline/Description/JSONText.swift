package import StrictJSON

/// JSON that is written for people: members in the order given, short values on one line.
package indirect enum JSONText: Sendable {
  case object([(key: String, value: JSONText)])
  case array([JSONText])
  case string(String)
  /// A number, `true`, `false` or `null`.
  case literal(String)

  /// The values of strings.
  package init(_ words: [String]) { self = .array(words.map { .string($0) }) }

  /// The value of a JSON text that Larder itself wrote; a string if it is none.
  package init(parsing text: String) {
    do throws(JSONError) {
      self.init(try JSONDocument(parsing: Array(text.utf8)).root)
    } catch {
      self = .string(text)
    }
  }

  /// The value as it was read.
  package init(_ value: JSONValue) {
    switch value.payload {
    case .object(let members):
      self = .object(members.map { ($0.key, JSONText($0.value)) })
    case .array(let elements): self = .array(elements.map { JSONText($0) })
    case .string(let string): self = .string(string)
    case .number(let digits): self = .literal(digits)
    case .boolean(let boolean): self = .literal(boolean ? "true" : "false")
    case .null: self = .literal("null")
    }
  }

  /// The bytes of a file that holds the value.
  package var file: [UInt8] { Array((lines(indent: "", width: 0) + "\n").utf8) }

  /// The value on one line.
  package var line: String {
    switch self {
    case .object(let members):
      members.isEmpty ? "{}" : "{ \(Self.line(of: members)) }"
    case .array(let elements): "[\(elements.map(\.line).joined(separator: ", "))]"
    case .string(let string): string.asJSON
    case .literal(let text): text
    }
  }

  private static func line(of members: [(key: String, value: JSONText)]) -> String {
    members.map { "\($0.key.asJSON): \($0.value.line)" }.joined(separator: ", ")
  }

  /// The value on as many lines as it needs.
  ///
  /// - Parameters:
  ///   - indent: The spaces before its last line.
  ///   - width: The bytes that its first line may have.
  private func lines(indent: String, width: Int) -> String {
    let line = line
    if line.utf8.count <= width { return line }
    let inner = indent + "  "
    let room = { (key: String) in 98 - inner.utf8.count - key.utf8.count }
    switch self {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { member in
        let key = "\(member.key.asJSON): "
        return inner + key + member.value.lines(indent: inner, width: room(key))
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    case .array(let elements) where !elements.isEmpty:
      let lines = elements.map { inner + $0.lines(indent: inner, width: room("")) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
    default: return line
    }
  }
}
