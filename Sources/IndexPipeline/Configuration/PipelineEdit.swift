import StrictJSON

/// A value that is put into a pipeline file before it is read, as `--set POINTER=VALUE` does.
///
/// The file is read as if the value stood there: a mistake is shown with the changed line.
public struct PipelineEdit: Sendable {
  /// The JSON Pointer of the value.
  public let pointer: String
  /// The value as JSON.
  public let json: String

  /// Reads `POINTER=VALUE`, where the value is JSON, or text without quotes.
  ///
  /// - Throws: `StageFailure` if there is no such pointer.
  public init(_ text: String) throws(StageFailure) {
    let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) ?? text.endIndex
    pointer = String(text[..<equals])
    guard equals < text.endIndex, pointer.utf8.first == UInt8(ascii: "/") else {
      throw StageFailure(
        .config,
        code: "wrong-pointer",
        "\"\(text)\" is no place and value",
        help: "write one such as /sinks/0/path=public"
      )
    }
    let value = String(text[text.index(after: equals)...])
    json = value.isJSON ? value : value.asJSON
  }

  /// The text of a file with the value in its place; one that is not JSON is left as it is.
  ///
  /// - Throws: `StageFailure` if the file has no such place.
  public func applied(to text: [UInt8]) throws(StageFailure) -> [UInt8] {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(parsing: text, maximumDepth: 32).root
    } catch {
      // What is wrong is said when the file is read.
      return text
    }
    var keys = pointer.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .dropFirst().map { String($0).replacingPointerEscapes }[...]
    var value = root
    while let key = keys.popFirst() {
      if let member = value[key] {
        value = member
      } else if let elements = value.elements, let index = Int(key), elements.indices ~= index {
        value = elements[index]
      } else {
        return try inserted(key, keys, in: value, text)
      }
    }
    return replaced(value.range, by: json, in: text)
  }

  /// The text with a value that is not there yet.
  private func inserted(
    _ key: String,
    _ rest: ArraySlice<String>,
    in value: JSONValue,
    _ text: [UInt8]
  ) throws(StageFailure) -> [UInt8] {
    let inner = rest.reversed().reduce(json) { "{ \($1.asJSON): \($0) }" }
    let start = value.range.lowerBound + 1
    if let members = value.members {
      // On the line of the brace, so that the numbers of lines stay.
      let comma = members.isEmpty ? "" : text[start] > 0x20 ? ", " : ","
      let member = "\(key.asJSON): \(inner)\(comma)"
      return replaced(start..<start, by: member, in: text)
    }
    if let elements = value.elements, key.utf8.elementsEqual("\(elements.count)".utf8) {
      let end = elements.last?.range.upperBound ?? start
      return replaced(end..<end, by: elements.isEmpty ? inner : ", \(inner)", in: text)
    }
    throw StageFailure(
      .config,
      code: "wrong-pointer",
      "the pipeline has no place \(pointer)",
      help: "`larder show config --origins` lists the places that it has"
    )
  }

  private func replaced(_ range: Range<Int>, by json: String, in text: [UInt8]) -> [UInt8] {
    var text = text
    text.replaceSubrange(range, with: json.utf8)
    return text
  }
}

extension String {
  fileprivate var isJSON: Bool {
    do throws(JSONError) {
      _ = try JSONDocument(parsing: Array(utf8))
      return true
    } catch {
      return false
    }
  }

  /// A step of a JSON Pointer as the key that it stands for (RFC 6901).
  fileprivate var replacingPointerEscapes: String {
    let bytes = Array(utf8).replacing("~1".utf8, with: "/".utf8)
    return String(decoding: bytes.replacing("~0".utf8, with: "~".utf8), as: UTF8.self)
  }

  fileprivate init(_ bytes: Substring.UTF8View) { self.init(decoding: Array(bytes), as: UTF8.self) }
}
