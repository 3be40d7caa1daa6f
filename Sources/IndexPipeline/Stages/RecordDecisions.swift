import IndexModel
import StrictJSON

/// What a transform decided about records.
struct RecordDecisions: Sendable {
  /// The records that go, each with the number of its reason.
  private(set) var drops: [(record: UInt32, reason: Int)] = []
  /// The reasons, each once.
  private(set) var reasons: [DropReason] = []
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
  /// What was said of projects.
  var statuses: [(project: [UInt8], status: ProjectStatus)] = []
  /// What a person should know.
  var warnings: [String] = []
  private var numbers: [DropReason: Int] = [:]
  private var decoder: RecordDecoder?
  private var replacer: RecordDecoder?
  private var patches: [(text: [UInt8], place: Int)] = []

  var isEmpty: Bool {
    drops.isEmpty && edits.isEmpty && replaced.isEmpty && added.records.isEmpty && order == nil
      && statuses.isEmpty && warnings.isEmpty
  }

  mutating func drop(_ record: UInt32, _ reason: String, at place: String = "") {
    let reason = DropReason(reason, place)
    // Neighbours mostly have one reason.
    if let last = drops.last?.reason, reasons[last] == reason {
      drops.append((record, last))
    } else {
      drops.append((record, number(of: reason)))
    }
  }

  private mutating func number(of reason: DropReason) -> Int {
    if let known = numbers[reason] { return known }
    numbers[reason] = reasons.count
    reasons.append(reason)
    return reasons.count - 1
  }

  /// Says what is known of a record from now on; a later edit takes the place of the one before.
  mutating func edit(_ record: UInt32, _ facts: Facts) {
    if let last = edits.last, last.record == record { edits.removeLast() }
    edits.append((record, facts))
  }

  /// What is known of a record that was just edited.
  func editedFacts(of record: UInt32) -> Facts? {
    edits.last.flatMap { $0.record == record ? $0.facts : nil }
  }

  /// Where the texts of a patch lie in ``text``; those of the last patches are not stored again.
  mutating func place(of patch: RecordPatch) -> Int {
    if let known = patches.first(where: { $0.text == patch.text }) { return known.place }
    let place = text.count
    text.append(contentsOf: patch.text)
    patches.append((patch.text, place))
    if patches.count > 4 { patches.removeFirst() }
    return place
  }

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
