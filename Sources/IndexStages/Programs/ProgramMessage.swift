import IndexPipeline
import StrictJSON

/// A message of a program that speaks `v1`.
struct ProgramMessage {
  /// What a program says of its own failure.
  struct Failure: Sendable {
    let kind: StageFailure.Kind
    let message: String
    let help: String?
    /// A JSON Pointer into the options.
    let field: String?
  }

  /// The line that it stands in.
  let line: ProgramFault.Line
  /// Its type.
  let type: String
  private let root: JSONValue

  /// Reads a message.
  ///
  /// - Throws: ``ProgramFault`` if the line is none.
  init(_ line: ProgramFault.Line) throws(ProgramFault) {
    self.line = line
    do throws(JSONError) {
      // The limit of a line is the program's own.
      root = try JSONDocument(parsing: line.bytes, maximumSize: .max).root
    } catch {
      throw .noJSON(line)
    }
    guard let type = root["type"]?.string else {
      throw .broken("wrote a line without a \"type\"", line)
    }
    self.type = type
  }

  func isType(_ name: String) -> Bool { type.utf8.elementsEqual(name.utf8) }

  subscript(field: String) -> JSONValue? { root[field] }

  func text(_ field: String) throws(ProgramFault) -> String {
    guard let text = root[field]?.string else {
      throw .broken("sent \"\(type)\" without the text \"\(field)\"", line)
    }
    return text
  }

  func integer(_ field: String) throws(ProgramFault) -> Int {
    guard let number = root[field]?.integer else {
      throw .broken("sent \"\(type)\" without the number \"\(field)\"", line)
    }
    return number
  }

  /// The bytes of the record in it, if there is one.
  var record: ArraySlice<UInt8>? {
    guard let record = root["record"], record.members != nil else { return nil }
    return line.bytes[record.range]
  }

  /// What it says of the failure of the program.
  func failure() throws(ProgramFault) -> Failure {
    let message = try text("message")
    let retryAfter = root["retry_after"]?.double.map { Duration.seconds(max(0, min($0, 86_400))) }
    let kind: StageFailure.Kind =
      switch root["kind"]?.string ?? "" {
      case "config": .config
      case "unavailable": .unavailable
      case "transient": .transient(retryAfter: retryAfter)
      case "publish": .publish
      // The mistakes of a program, whatever it calls them, are not Larder's.
      case "data", "bug", "cancelled": .data
      default: throw .broken("sent an error of no known kind", line)
      }
    return Failure(
      kind: kind,
      message: message,
      help: root["help"]?.string,
      field: root["field"]?.string
    )
  }
}
