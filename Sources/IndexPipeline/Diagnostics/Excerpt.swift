/// A place in a text that a person wrote, to be shown with a caret under it.
public struct Excerpt: Sendable {
  /// A line that is shown below the first.
  public struct Line: Sendable {
    /// Its number, from 1; that of the line before if it has another mark on that line.
    public let number: Int
    /// The bytes of the line.
    public let text: [UInt8]
    /// The bytes of the line that are meant; `nil` if the line is only there to be seen.
    public let range: Range<Int>?
    /// What to say beside the caret.
    public let note: String

    /// Creates a line; see the properties for what its parts are.
    public init(_ number: Int, text: [UInt8], range: Range<Int>? = nil, note: String = "") {
      self.number = number
      self.text = text
      self.range = range?.clamped(to: 0..<text.count)
      self.note = note
    }
  }

  /// The file, as the person named it; `-` is standard input.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int
  /// The bytes of the line.
  public let text: [UInt8]
  /// The bytes of the line that are meant.
  public let range: Range<Int>
  /// What to say beside the caret.
  public let note: String
  /// The JSON Pointer of the place, empty outside of pipeline files.
  public let pointer: String
  /// More lines of the same text, in their order.
  public var further: [Line] = []

  /// Creates an excerpt; see the properties for what its parts are.
  ///
  /// - Parameter column: The column in the text as it is written, if what is shown of the line is
  ///   something else.
  public init(
    path: String,
    line: Int,
    text: [UInt8],
    range: Range<Int>,
    column: Int? = nil,
    note: String = "",
    pointer: String = ""
  ) {
    let range = range.clamped(to: 0..<text.count)
    self.path = path
    self.line = line
    self.column = column ?? 1 + text[..<range.lowerBound].count { $0 & 0xC0 != 0x80 }
    self.text = text
    self.range = range
    self.note = note
    self.pointer = pointer
  }

  /// All lines of the frame.
  var lines: [Line] { [Line(line, text: text, range: range, note: note)] + further }
}
