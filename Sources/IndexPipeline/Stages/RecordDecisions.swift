import IndexModel
import StrictJSON

/// What a transform decided about records.
struct RecordDecisions: Sendable {
  /// The records that go, each with the number of its reason.
  private(set) var drops: [(record: UInt32, reason: Int)] = []
  /// The reasons, each once.
  private(set) var reasons: [String] = []
  /// What is known of records that were edited; texts behind those of the batch lie in ``text``.
  private(set) var edits: [(record: UInt32, facts: Facts)] = []
  var text: [UInt8] = []
  /// Records of which all is said anew, and what is.
  private(set) var replaced: [UInt32] = []
  private(set) var replacements = RecordBatch()
  /// Records that were not there before.
  private(set) var added = RecordBatch()
  /// The records in another order.
  var order: [UInt32]?
  private var numbers: [[UInt8]: Int] = [:]
  private var decoder: RecordDecoder?
  private var replacer: RecordDecoder?

  var isEmpty: Bool {
    drops.isEmpty && edits.isEmpty && replaced.isEmpty && added.records.isEmpty && order == nil
  }

  mutating func drop(_ record: UInt32, _ reason: String) {
    drops.append((record, number(of: reason)))
  }

  private mutating func number(of reason: String) -> Int {
    // Neighbours mostly have one reason.
    if let last = drops.last?.reason, reasons[last].utf8.elementsEqual(reason.utf8) { return last }
    let key = Array(reason.utf8)
    if let known = numbers[key] { return known }
    numbers[key] = reasons.count
    reasons.append(reason)
    return reasons.count - 1
  }

  mutating func edit(_ record: UInt32, _ facts: Facts) { edits.append((record, facts)) }

  mutating func replace(
    _ record: UInt32,
    named filename: borrowing Span<UInt8>,
    _ json: borrowing Span<UInt8>
  ) throws(RecordProblem) {
    var decoder = replacer ?? RecordDecoder()
    decoder.acceptsDerivedKeys = true
    try decoder.decode(line: json, number: 0, into: &replacements)
    replacer = decoder
    let name = replacements.records[replacements.records.count - 1].filename
    guard replacements.text.span[name].elementsEqual(filename) else {
      throw RecordProblem(code: "renamed-record", "a record cannot be given another file name")
    }
    replaced.append(record)
  }

  mutating func insert(_ json: borrowing Span<UInt8>, source: UInt16) throws(RecordProblem) {
    var decoder = decoder ?? RecordDecoder()
    decoder.acceptsDerivedKeys = true
    try decoder.decode(line: json, number: 0, into: &added)
    self.decoder = decoder
    added.setSource(Int(source), from: added.records.count - 1)
  }
}
