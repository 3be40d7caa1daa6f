/// A value of a JSON text that knows where it was written.
public struct JSONValue: Sendable {
  /// What the value is.
  public enum Payload: Sendable {
    /// The members in the order of the text; their keys differ in bytes.
    case object([JSONMember])
    case array([JSONValue])
    /// The string, its escapes decoded.
    ///
    /// Swift's `==` on strings hides bytes; compare their `utf8`.
    case string(String)
    /// The digits as written, since no number type holds all of them.
    case number(String)
    case boolean(Bool)
    case null
  }

  /// What the value is.
  public let payload: Payload
  /// The bytes of the text that make up the value, with its quotes or brackets.
  public let range: Range<Int>

  /// An object without members, from no text.
  public static let emptyObject = JSONValue(payload: .object([]), range: 0..<0)

  /// Creates a value that stands where another was written.
  ///
  /// - Parameters:
  ///   - payload: What the value is.
  ///   - range: The bytes of the text that it stands for.
  public init(payload: Payload, range: Range<Int>) {
    self.payload = payload
    self.range = range
  }
}

/// A key of an object and the value behind it.
public struct JSONMember: Sendable {
  /// The key, its escapes decoded.
  public let key: String
  /// The bytes of the text that make up the key, with its quotes.
  public let keyRange: Range<Int>
  /// The value behind the key.
  public let value: JSONValue

  /// Creates a member; see the properties for what its parts are.
  public init(key: String, keyRange: Range<Int>, value: JSONValue) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }
}

extension JSONValue {
  /// The kind of the value.
  public var kind: JSONKind {
    switch payload {
    case .object: .object
    case .array: .array
    case .string: .string
    case .number: .number
    case .boolean: .boolean
    case .null: .null
    }
  }

  /// The members of an object; nil for any other value.
  public var members: [JSONMember]? {
    if case .object(let members) = payload { members } else { nil }
  }

  /// The elements of an array; nil for any other value.
  public var elements: [JSONValue]? {
    if case .array(let elements) = payload { elements } else { nil }
  }

  /// The string, its escapes decoded; nil for any other value.
  public var string: String? {
    if case .string(let string) = payload { string } else { nil }
  }

  /// The boolean; nil for any other value.
  public var boolean: Bool? {
    if case .boolean(let boolean) = payload { boolean } else { nil }
  }

  /// The integer; nil for any other value, and for numbers that are written with a fraction or an
  /// exponent, or that do not fit in 64 bits.
  public var integer: Int? {
    if case .number(let digits) = payload { Int(digits) } else { nil }
  }

  /// The 64-bit floating-point number nearest to a number; nil for any other value.
  public var double: Double? {
    if case .number(let digits) = payload { Double(digits) } else { nil }
  }

  /// The value of a member of an object, found by the UTF-8 bytes of its key.
  ///
  /// - Parameter key: The key to look for.
  /// - Returns: The value, or nil when there is no such member or this is not an object.
  /// - Complexity: O(n) in the number of members.
  public subscript(key: String) -> JSONValue? {
    members?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }
}
