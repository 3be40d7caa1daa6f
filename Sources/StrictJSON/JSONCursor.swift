/// A strict reader that walks over a JSON text, one value at a time (RFC 8259).
///
/// It builds no tree and allocates nothing: strings and numbers are ranges of the text. Whoever
/// walks knows what should come next and asks for it:
///
/// ```swift
/// var cursor = JSONCursor(line)
/// try cursor.beginObject()
/// while let key = try cursor.nextKey() {
///   if cursor.isEqual(key, to: "size") { size = cursor.integer(try cursor.number()) }
///   else { try cursor.skipValue() }
/// }
/// try cursor.finish()
/// ```
///
/// Each key and each element must be followed by exactly one reading call: `string()`,
/// `number()`, `boolean()`, `null()`, `skipValue()`, or a `begin` call and the `next` calls up to
/// the closing bracket. After an error the cursor must not be used again.
///
/// Two checks are left to the user, since a walk cannot do them at no cost:
/// - that the text is UTF-8, by ``validateUTF8(_:)``, once for a whole file of lines;
/// - that keys differ: a reader of known keys sets a bit for each. ``skipValue()`` accepts
///   duplicate keys, ``JSONDocument`` refuses them.
public struct JSONCursor: ~Escapable {
  @usableFromInline let text: Span<UInt8>
  let maximumDepth: Int
  /// The number of bytes read.
  ///
  /// It is the first byte of a value after a key or an element was announced, and just behind a
  /// value that was read.
  public internal(set) var offset = 0
  /// The number of objects and arrays that are open.
  var depth = 0
  /// Whether the innermost container was only just opened, so that no comma is due.
  var isFresh = false

  /// Creates a cursor at the start of a text.
  ///
  /// - Parameters:
  ///   - text: One JSON value with white space around it.
  ///   - maximumDepth: How many objects and arrays may be open at once.
  @_lifetime(copy text)
  public init(_ text: Span<UInt8>, maximumDepth: Int = 64) {
    self.text = text
    self.maximumDepth = maximumDepth
    skipSpace()
  }

  /// The byte at the offset, or 0 behind the end: no grammar rule wants a 0.
  var current: UInt8 {
    @inline(__always)
    get { offset < text.count ? text[offset] : 0 }
  }

  @inline(__always)
  mutating func skipSpace() {
    while current.isJSONSpace { offset += 1 }
  }

  /// Checks that nothing but white space follows the value that was read.
  ///
  /// - Throws: ``JSONError`` when something does.
  public mutating func finish() throws(JSONError) {
    skipSpace()
    guard offset == text.count else { throw unexpected(.end) }
  }
}

// Objects and arrays.
extension JSONCursor {
  /// Enters the object at the offset.
  ///
  /// - Throws: ``JSONError`` when there is another value, or the nesting is too deep.
  public mutating func beginObject() throws(JSONError) {
    guard current == UInt8(ascii: "{") else { throw mismatch(.object) }
    try open()
  }

  /// Reads the next key of the innermost object, with the colon behind it.
  ///
  /// - Returns: The key, or nil when the object has ended.
  /// - Throws: ``JSONError`` for a comma, key or colon that is missing or too much.
  public mutating func nextKey() throws(JSONError) -> JSONString? {
    guard try nextItem(closing: UInt8(ascii: "}"), trailing: .trailingCommaInObject) else {
      return nil
    }
    guard current == UInt8(ascii: "\"") else { throw unexpected(.key) }
    let key = try string()
    skipSpace()
    guard current == UInt8(ascii: ":") else { throw unexpected(.colon) }
    offset += 1
    skipSpace()
    return key
  }

  /// Enters the array at the offset.
  ///
  /// - Throws: ``JSONError`` when there is another value, or the nesting is too deep.
  public mutating func beginArray() throws(JSONError) {
    guard current == UInt8(ascii: "[") else { throw mismatch(.array) }
    try open()
  }

  /// Moves to the next element of the innermost array.
  ///
  /// - Returns: Whether there is one; false when the array has ended.
  /// - Throws: ``JSONError`` for a comma that is missing or too much.
  public mutating func nextElement() throws(JSONError) -> Bool {
    try nextItem(closing: UInt8(ascii: "]"), trailing: .trailingCommaInArray)
  }

  @inline(__always)
  private mutating func open() throws(JSONError) {
    guard depth < maximumDepth else { throw JSONError(.tooDeep(limit: maximumDepth), at: offset) }
    depth += 1
    offset += 1
    isFresh = true
  }

  /// Moves over the comma to the next key or element, or over the closing bracket.
  @inline(__always)
  private mutating func nextItem(
    closing bracket: UInt8,
    trailing: JSONError.Code
  ) throws(JSONError) -> Bool {
    skipSpace()
    let wantsComma = !isFresh
    isFresh = false
    if current == bracket {
      offset += 1
      depth -= 1
      return false
    }
    guard wantsComma else { return true }
    guard current == UInt8(ascii: ",") else { throw unexpected(.separator) }
    let comma = offset
    offset += 1
    skipSpace()
    guard current != bracket else { throw JSONError(trailing, at: comma) }
    return true
  }
}
