import IndexModel
import IndexPipeline
import StrictJSON

/// Finds out which records came back from a filter, and which of them were changed.
///
/// Most lines are those that were sent, in their order: they are compared and not read. What was
/// sent is written anew for that, which is cheaper than to keep it.
struct ReturnedRecords: ~Copyable {
  /// How many records behind the last one are looked at before all of them are put in a table.
  private static let reach = 64

  private(set) var count = 0
  private var isReturned: [Bool]
  private var cursor = 0
  private var writer: RecordLineWriter
  private let sources: [String]
  private var line = ByteBuffer(minimumCapacity: 1024)
  private var places: [[UInt8]: [Int]]?

  init(of records: RecordEditor, sources: [String]) {
    isReturned = [Bool](repeating: false, count: records.indices.count)
    writer = RecordLineWriter(sources: sources)
    self.sources = sources
  }

  /// Takes a line.
  mutating func take(
    _ bytes: borrowing Span<UInt8>,
    number: Int,
    _ records: inout RecordEditor
  ) throws(ProgramFault) {
    if cursor < isReturned.count, !isReturned[cursor], matches(cursor, bytes, records) {
      note(cursor)
      return
    }
    let line = ProgramFault.Line(number: number, bytes: Array(bytes))
    let key = try RecordLineKey(line)
    let index = try find(key, line, records)
    note(index)
    if matches(index, bytes, records) { return }
    do throws(RecordProblem) {
      try records.replace(index, with: bytes)
    } catch {
      throw .record(error, line)
    }
  }

  /// Drops what did not come back.
  consuming func dropRest(_ records: inout RecordEditor, because reason: String) {
    for index in isReturned.indices where !isReturned[index] {
      records.drop(index, because: reason)
    }
  }

  private mutating func note(_ index: Int) {
    isReturned[index] = true
    cursor = index + 1
    count += 1
  }

  private mutating func matches(
    _ index: Int,
    _ bytes: borrowing Span<UInt8>,
    _ records: borrowing RecordEditor
  ) -> Bool {
    line.removeAll()
    writer.append(records[index], to: &line)
    return line.span.elementsEqual(bytes)
  }

  private mutating func find(
    _ key: RecordLineKey,
    _ line: ProgramFault.Line,
    _ records: borrowing RecordEditor
  ) throws(ProgramFault) -> Int {
    let source = key.source.flatMap { name in
      sources.firstIndex { $0.utf8.elementsEqual(name) }
    }
    for index in cursor..<min(cursor + Self.reach, isReturned.count) where !isReturned[index] {
      if key.source != nil, records[index].source != source { continue }
      if records[index].filename.elementsEqual(key.filename.span) { return index }
    }
    if places == nil { places = table(of: records) }
    let named = places?[key.filename, default: []] ?? []
    let known = named.filter { key.source == nil || records[$0].source == source }
    if let index = known.first(where: { !isReturned[$0] }) { return index }
    let name = String(decoding: key.filename, as: UTF8.self)
    throw known.isEmpty
      ? .broken("returned a record that it was not given: \(name)", line)
      : .broken("returned a record twice: \(name)", line)
  }

  private func table(of records: borrowing RecordEditor) -> [[UInt8]: [Int]] {
    var places: [[UInt8]: [Int]] = [:]
    places.reserveCapacity(records.indices.count)
    for index in records.indices {
      places[Array(records[index].filename), default: []].append(index)
    }
    return places
  }
}

/// What a record is known by: its file name and its source.
private struct RecordLineKey {
  private(set) var filename: [UInt8] = []
  private(set) var source: [UInt8]?

  init(_ line: ProgramFault.Line) throws(ProgramFault) {
    do {
      try JSONCursor.validateUTF8(line.bytes.span)
      var cursor = JSONCursor(line.bytes.span)
      try cursor.beginObject()
      while let key = try cursor.nextKey() {
        if cursor.isEqual(key, to: "filename"), try cursor.peekKind() == .string {
          cursor.append(try cursor.string(), to: &filename)
        } else if cursor.isEqual(key, to: "source"), try cursor.peekKind() == .string {
          var name: [UInt8] = []
          cursor.append(try cursor.string(), to: &name)
          source = name
        } else {
          try cursor.skipValue()
        }
      }
      try cursor.finish()
    } catch {
      throw .noJSON(line)
    }
    if filename.isEmpty { throw .broken("wrote a record without a \"filename\"", line) }
  }
}
