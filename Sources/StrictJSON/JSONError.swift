/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Sendable, Equatable {
  /// The kinds of mistakes.
  public enum Code: Sendable, Equatable {
    case unexpectedEnd
    case unexpectedByte
    case missingComma
    case missingColon
    case trailingCommaInObject
    case trailingCommaInArray
    case comment
    case singleQuotes
    case unquotedKey
    case unknownWord
    case badNumber
    /// The number is too large for a 64-bit floating-point number.
    case numberOutOfRange
    case badEscape
    case loneSurrogate
    case controlCharacter
    /// The same key stands in the same object before, at the bytes `first`.
    case duplicateKey(first: Range<Int>)
    case byteOrderMark
    case invalidUTF8
    case tooDeep(limit: Int)
    /// The text has more bytes than `limit`.
    case tooLarge(limit: Int)
    /// Something follows the value that is the text.
    case trailingText
    /// The text is well-formed here, but its reader wants another kind of value.
    case unexpectedKind(expected: JSONKind, found: JSONKind)
  }

  /// The kind of mistake.
  public let code: Code
  /// The bytes of the text that are wrong; empty where the text ends too early.
  public let range: Range<Int>

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of mistake.
  ///   - range: The bytes of the text that are wrong.
  public init(_ code: Code, at range: Range<Int>) {
    self.code = code
    self.range = range
  }

  init(_ code: Code, at offset: Int) {
    self.init(code, at: offset..<offset + 1)
  }
}

extension JSONError {
  /// The mistake in a few words, such as "trailing comma in an array".
  public var message: String {
    switch code {
    case .unexpectedEnd: "the text ends too early"
    case .unexpectedByte: "unexpected character"
    case .missingComma: "missing comma"
    case .missingColon: "missing colon after a key"
    case .trailingCommaInObject: "trailing comma in an object"
    case .trailingCommaInArray: "trailing comma in an array"
    case .comment: "comment"
    case .singleQuotes: "single quotes"
    case .unquotedKey: "key without quotes"
    case .unknownWord: "unknown word"
    case .badNumber: "malformed number"
    case .numberOutOfRange: "number out of range"
    case .badEscape: "unknown escape in a string"
    case .loneSurrogate: "half of a surrogate pair in a string"
    case .controlCharacter: "control character in a string"
    case .duplicateKey: "duplicate key"
    case .byteOrderMark: "byte order mark"
    case .invalidUTF8: "invalid UTF-8"
    case .tooDeep(let limit): "more than \(limit) levels of nesting"
    case .tooLarge(let limit): "more than \(limit) bytes"
    case .trailingText: "text after the end of the value"
    case .unexpectedKind(let expected, let found): "expected \(expected.noun), found \(found.noun)"
    }
  }

  /// What to do about it, in a few words that fit beside a caret.
  public var hint: String {
    switch code {
    case .unexpectedEnd: "something is missing here"
    case .unexpectedByte: "remove this"
    case .missingComma: "put a comma before this"
    case .missingColon: "put a colon before this"
    case .trailingCommaInObject, .trailingCommaInArray: "remove this comma"
    case .comment: "remove this comment"
    case .singleQuotes: "use double quotes"
    case .unquotedKey: "put this in double quotes"
    case .unknownWord: "put text in double quotes; the words are true, false and null"
    case .badNumber: "write digits, as in 10, -0.5 or 2e3"
    case .numberOutOfRange: "use a number below 1.8e308"
    case .badEscape: "write a backslash as \\\\"
    case .loneSurrogate: "write both halves, or the character itself"
    case .controlCharacter: "close the string before this, or write it as \\n, \\t or \\u00XX"
    case .duplicateKey: "remove this key, or the one before"
    case .byteOrderMark: "save the file as UTF-8 without a byte order mark"
    case .invalidUTF8: "save the file as UTF-8"
    case .tooDeep: "nest less deeply"
    case .tooLarge: "split the file"
    case .trailingText: "remove this"
    case .unexpectedKind(let expected, _): "write \(expected.noun) here"
    }
  }
}

extension JSONKind {
  /// The kind with its article, such as "an object".
  public var noun: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "a boolean"
    case .null: "null"
    }
  }
}
