import IndexModel
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
  /// The offsets that lines begin at.
  private lazy var lineStarts =
    [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  private(set) lazy var hidden = bytes.userInfoRanges

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

  /// The bytes of a range as they are written.
  func text(of range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A path; one that is relative starts at the folder of this file.
  func resolved(path: String) -> String {
    let slash = UInt8(ascii: "/")
    if path.utf8.first == slash { return path }
    guard let end = self.path.utf8.lastIndex(of: slash) else { return path }
    return self.path[...end] + path
  }

  /// A path of this file as the pipeline would write it that includes this file.
  func pathFromPipeline(_ path: String) -> String {
    guard let pipeline = includers.last else { return path }
    let folder = pipeline.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { pipeline.path[...$0] }
    let resolved = resolved(path: path)
    guard let folder, resolved.utf8.starts(with: folder.utf8) else { return resolved }
    return String(decoding: Array(resolved.utf8.dropFirst(folder.utf8.count)), as: UTF8.self)
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

  /// The line of a byte, from 1.
  func line(of offset: Int) -> Int { location(of: min(offset, bytes.count)).line }

  /// Remembers a matcher, which the framework prepares for each run.
  func register(_ matcher: Matcher) -> Matcher {
    log.matchers.append(matcher)
    return matcher
  }

  /// Remembers that a matcher names a source.
  func refer(
    toSource glob: Glob,
    _ text: String,
    at range: Range<Int>,
    _ pointer: JSONPointer
  ) {
    log.references.append(
      SourceReference(glob: glob, text: text, file: self, range: range, pointer: pointer)
    )
  }

  /// The line and the column of an offset.
  func location(of offset: Int) -> SourceLocation {
    let end = min(offset, bytes.count)
    let line = lineStarts.indices.dropFirst().partitionIndex { lineStarts[$0] > end }
    // A scalar is counted by its first byte: the others are 10xxxxxx.
    let column = 1 + bytes[lineStarts[line - 1]..<end].count { $0 & 0xC0 != 0x80 }
    return SourceLocation(line: line, column: column)
  }

  /// What a draft is sorted by.
  func order(of draft: PipelineLog.Draft) -> [Int] {
    origin + [draft.marks.first?.range.lowerBound ?? 0]
  }
}
