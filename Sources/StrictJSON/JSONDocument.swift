/// A JSON text as a tree of values with their places, for files that people write.
///
/// It reads with a ``JSONCursor``, so that there is one grammar, and adds what a tree can check:
/// UTF-8, the size, and that no object has the same key twice.
public struct JSONDocument: Sendable {
  /// The value that the text is.
  public let root: JSONValue

  /// The greatest depth that any document may have: reading and releasing a tree take stack.
  public static let depthLimit = 512

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: The bytes of the text.
  ///   - maximumDepth: How many objects and arrays may be open at once, at most ``depthLimit``.
  ///   - maximumSize: How many bytes the text may have.
  /// - Throws: ``JSONError`` for the first mistake.
  /// - Complexity: O(n) in the bytes of the text.
  public init(
    parsing text: [UInt8],
    maximumDepth: Int = 64,
    maximumSize: Int = 16 << 20
  ) throws(JSONError) {
    guard text.count <= maximumSize else {
      throw JSONError(.tooLarge(limit: maximumSize), at: maximumSize..<text.count)
    }
    try JSONCursor.validateUTF8(text.span)
    var cursor = JSONCursor(text.span, maximumDepth: min(maximumDepth, Self.depthLimit))
    root = try cursor.value()
    try cursor.finish()
  }
}

extension JSONCursor {
  /// Reads the value at the offset as a tree.
  fileprivate mutating func value() throws(JSONError) -> JSONValue {
    let start = offset
    let payload: JSONValue.Payload
    switch try peekKind() {
    case .object: payload = .object(try members())
    case .array: payload = .array(try elements())
    case .string: payload = .string(decoded(try string()))
    case .number: payload = .number(digits(of: try number()))
    case .boolean: payload = .boolean(try boolean())
    case .null:
      try null()
      payload = .null
    }
    return JSONValue(payload: payload, range: start..<offset)
  }

  private mutating func members() throws(JSONError) -> [JSONMember] {
    var members: [JSONMember] = []
    var places: [[UInt8]: Range<Int>] = [:]
    try beginObject()
    while let key = try nextKey() {
      let keyRange = key.range.lowerBound - 1..<key.range.upperBound + 1
      var bytes: [UInt8] = []
      append(key, to: &bytes)
      if let first = places.updateValue(keyRange, forKey: bytes) {
        throw JSONError(.duplicateKey(first: first), at: keyRange)
      }
      let name = String(decoding: bytes, as: UTF8.self)
      members.append(JSONMember(key: name, keyRange: keyRange, value: try value()))
    }
    return members
  }

  private mutating func elements() throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    try beginArray()
    while try nextElement() { elements.append(try value()) }
    return elements
  }
}
