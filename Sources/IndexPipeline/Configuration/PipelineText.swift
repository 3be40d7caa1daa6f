import StrictJSON

/// The text of a pipeline file or of a part of one.
final class PipelineText {
  /// The path, as the person gave it.
  let path: String
  let bytes: [UInt8]
  /// What is learnt of all texts together.
  let log: PipelineLog
  /// The places that include this text, the innermost first.
  let includers: [Place]
  /// The offsets of those places, the outermost first.
  private let origin: [Int]
  private(set) var hidden: [Range<Int>] = []

  init(path: String, bytes: [UInt8], log: PipelineLog = PipelineLog()) {
    self.path = path
    self.bytes = bytes
    self.log = log
    includers = []
    origin = []
  }

  /// A part that `range` of another text includes.
  init(
    path: String,
    bytes: [UInt8],
    includedBy other: PipelineText,
    at range: Range<Int>,
    _ pointer: JSONPointer
  ) {
    self.path = path
    self.bytes = bytes
    log = other.log
    includers = [other.place(of: range, pointer)] + other.includers
    origin = other.origin + [range.lowerBound]
  }

  /// A path; one that is relative starts at the folder of this file.
  func resolved(path: String) -> String {
    let slash = UInt8(ascii: "/")
    if path.utf8.first == slash { return path }
    guard let end = self.path.utf8.lastIndex(of: slash) else { return path }
    return self.path[...end] + path
  }

  /// Lets bytes never be shown.
  func hide(_ range: Range<Int>) { hidden.append(range) }

  /// Says that the bytes of `range` are wrong.
  func refuse(
    _ code: String,
    _ message: String,
    at range: Range<Int>,
    _ pointer: JSONPointer,
    caret: String = "",
    notes: [String] = [],
    help: String? = nil
  ) {
    let remarks = notes.map { Remark.note($0) } + (help.map { [Remark.help($0)] } ?? [])
    refuse(code, message, at: range, pointer, caret: caret, remarks: remarks)
  }

  /// Says that the bytes of `range` are wrong, with remarks in the order they are read.
  func refuse(
    _ code: String,
    _ message: String,
    at range: Range<Int>,
    _ pointer: JSONPointer,
    caret: String = "",
    remarks: [Remark]
  ) {
    log.add(
      PipelineLog.Draft(
        code: code,
        message: message,
        text: self,
        pointer: pointer,
        marks: [(range, caret)],
        remarks: remarks
      )
    )
  }

  /// The place of the start of `range`.
  func place(of range: Range<Int>, _ pointer: JSONPointer) -> Place {
    let location = location(of: range.lowerBound)
    return Place(
      path: path,
      line: location.line,
      column: location.column,
      pointer: pointer.description
    )
  }

  /// The line and the column of an offset.
  func location(of offset: Int) -> SourceLocation {
    let bytes = bytes
    return SourceLocation(of: offset, in: bytes.span)
  }

  /// What a draft is sorted by.
  func order(of draft: PipelineLog.Draft) -> [Int] {
    origin + [draft.marks.first?.range.lowerBound ?? 0]
  }
}
