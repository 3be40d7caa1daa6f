/// A place in a text that a person wrote, to be shown with a caret under it.
public struct Excerpt: Sendable {
  /// The file, as the person named it; `-` is standard input.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// The bytes of the line.
  public let text: [UInt8]
  /// The bytes of the line that are meant.
  public let range: Range<Int>
  /// What to say beside the caret.
  public let note: String
  /// The JSON Pointer of the place, empty outside of pipeline files.
  public let pointer: String

  /// Creates an excerpt; see the properties for what its parts are.
  public init(
    path: String,
    line: Int,
    text: [UInt8],
    range: Range<Int>,
    note: String = "",
    pointer: String = ""
  ) {
    self.path = path
    self.line = line
    self.text = text
    self.range = range.clamped(to: 0..<text.count)
    self.note = note
    self.pointer = pointer
  }

  /// The column, from 1, in Unicode scalars.
  public var column: Int {
    1 + text[..<range.lowerBound].count { $0 & 0xC0 != 0x80 }
  }
}
