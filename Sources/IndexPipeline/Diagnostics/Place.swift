/// A place in a pipeline file.
public struct Place: Sendable, Equatable, CustomStringConvertible {
  /// The file, as the person named it.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int
  /// The JSON Pointer.
  public let pointer: String

  /// Creates a place; see the properties for what its parts are.
  public init(path: String, line: Int, column: Int, pointer: String) {
    self.path = path
    self.line = line
    self.column = column
    self.pointer = pointer
  }

  /// The place as messages say it, such as `pipeline.json:5 /sources/0/url`.
  public var description: String {
    pointer.isEmpty ? "\(path):\(line)" : "\(path):\(line) \(pointer)"
  }
}
