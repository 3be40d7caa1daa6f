/// Writes the keys and commas of one JSON object, in the order given.
///
/// ```swift
/// var object = JSONObjectWriter()
/// object.key("filename", to: &buffer)
/// buffer.append(json: filename)
/// object.end(to: &buffer)
/// ```
public struct JSONObjectWriter: Sendable {
  private var isOpen = false

  /// Creates a writer for an object of which nothing is written yet.
  public init() {}

  /// Appends what goes before a value: the brace or the comma, the key and the colon.
  ///
  /// - Parameters:
  ///   - literal: The key, which needs no escapes.
  ///   - buffer: The buffer to append to; the caller appends the value next.
  @inline(__always)
  public mutating func key(_ literal: StaticString, to buffer: inout ByteBuffer) {
    buffer.append(isOpen ? "," : "{")
    isOpen = true
    buffer.append(UInt8(ascii: "\""))
    buffer.append(literal)
    buffer.append("\":")
  }

  /// Appends what goes before a value: the brace or the comma, the key and the colon.
  ///
  /// - Parameters:
  ///   - key: The key, which is escaped where it must be.
  ///   - buffer: The buffer to append to; the caller appends the value next.
  public mutating func key(_ key: String, to buffer: inout ByteBuffer) {
    buffer.append(isOpen ? "," : "{")
    isOpen = true
    buffer.append(json: key)
    buffer.append(":")
  }

  /// Appends the end of the object; all of it when there was no key.
  ///
  /// - Parameter buffer: The buffer to append to.
  public func end(to buffer: inout ByteBuffer) {
    buffer.append(isOpen ? "}" : "{}")
  }
}
