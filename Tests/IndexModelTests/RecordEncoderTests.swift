import IndexModel
import StrictJSON
import TestSupport
import Testing

@Suite("Records written")
struct RecordEncoderTests {
  private static let texts = [
    "a", ">=3.8", "\u{E9}\u{1F4E6}", "\"\\/", "\u{0}\u{1}\t\n\r\u{7F}", "<script>&'", "\u{2028}",
    "x; y=z", " ", "\u{FEFF}",
  ]

  /// A record with any keys, as a line of JSON and as what should be read from it.
  private func makeRecord(_ random: inout SeededGenerator) -> (line: String, record: DecodedRecord)
  {
    var record = DecodedRecord()
    record.filename = "foo-\(Int.random(in: 0...99, using: &random)).zip"
    var members = ["\"filename\":\"\(record.filename)\""]
    let keys = [
      "requires_python", "uploaded_by", "license", "summary", "origin", "description",
      "description_content_type",
    ]
    for key in keys where random.oneIn(2) {
      let text = random.pick(Self.texts)
      record.texts[key] = text
      members.append("\"\(key)\":\(json(text))")
    }
    if random.oneIn(2) {
      let url = random.pick(["", "/a/", "../", "https://x.example/"]) + record.filename
      record.texts["url"] = url
      members.append("\"url\":\(json(url))")
    }
    if random.oneIn(2) {
      let digits = hex(32, &random)
      record.texts["hashes"] = "md5=\(digits);x=0f"
      members.append("\"hash\":\"x=0F\",\"hashes\":{\"md5\":\"\(digits)\"}")
    }
    if random.oneIn(2) {
      record.requirements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        random.pick(Self.texts.filter { !$0.utf8.contains(0) })
      }
      members.append(
        "\"requires_dist\":[\((record.requirements ?? []).map(json).joined(separator: ","))]"
      )
    }
    if random.oneIn(2) {
      let texts = Self.texts.filter { !$0.utf8.contains(0) } + [""]
      let labels = texts.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
      let pages = labels.map { ($0, random.pick(texts)) }
      record.projectURLs = pages.flatMap { [$0.0, $0.1] }
      let object = pages.map { "\(json($0.0)):\(json($0.1))" }.joined(separator: ",")
      members.append("\"project_urls\":{\(object)}")
    }
    addOthers(to: &record, &members, &random)
    members.shuffle(using: &random)
    return ("{\(members.joined(separator: ","))}", record)
  }

  private func addOthers(
    to record: inout DecodedRecord,
    _ members: inout [String],
    _ random: inout SeededGenerator
  ) {
    switch Int.random(in: 0...4, using: &random) {
    case 0: record.coreMetadata = "true"
    case 1: record.coreMetadata = "false"
    case 2: record.coreMetadata = "md5=\(hex(32, &random))"
    default: break
    }
    let approximate = random.pick([[], ["size"], ["upload_time"], ["size", "upload_time"]])
    record.approximations = approximate
    if !approximate.isEmpty {
      members.append("\"approximate\":[\(approximate.map(json).joined(separator: ","))]")
    }
    if !record.coreMetadata.utf8.isEmpty {
      members.append("\"core_metadata\":\"\(record.coreMetadata)\"")
    }
    if random.oneIn(2) {
      record.size = .random(in: 0...Int64.max, using: &random)
      members.append("\"size\":\(record.size)")
    }
    if random.oneIn(2) {
      let microseconds = Int64.random(in: -(1 << 50)...1 << 50, using: &random)
      record.uploadTime = Timestamp(microseconds: microseconds)
      let sign = microseconds < 0 ? "-" : ""
      let fraction = String(microseconds.magnitude % 1_000_000 + 1_000_000).dropFirst()
      members.append(
        "\"upload_timestamp\":\(sign)\(microseconds.magnitude / 1_000_000).\(fraction)"
      )
    }
    if random.oneIn(3) {
      record.isYanked = true
      let reason = random.pick(Self.texts)
      record.texts["yanked_reason"] = reason
      members.append("\"yanked\":\(json(reason))")
    } else if random.oneIn(3) {
      record.isYanked = true
      members.append("\"yanked\":true")
    }
    if random.oneIn(3) {
      record.hasSignature = random.oneIn(2)
      members.append("\"gpg_sig\":\(record.hasSignature == true)")
    }
  }

  private func hex(_ count: Int, _ random: inout SeededGenerator) -> String {
    (0..<count).map { _ in String(Int.random(in: 0...15, using: &random), radix: 16) }.joined()
  }

  /// A JSON string in which every character is an escape, so that nothing is taken from Larder.
  private func json(_ text: String) -> String {
    let units = text.utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
    return "\"\(units.joined())\""
  }

  @Test("What is read from a record that was written is the record")
  func roundTrips() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<3000 {
      let (line, expected) = makeRecord(&random)
      let first = try DecodedRecord.decode([line])
      #expect(DecodedRecord(first.records[0], of: first) == expected, "\(line)")
      let written = first.encoded()
      let second = try DecodedRecord.decode([String(written.dropLast())])
      #expect(DecodedRecord(second.records[0], of: second) == expected, "\(written)")
      #expect(second.encoded() == written)
    }
  }

  @Test("What dumb-pypi knows of a record is read back from its list")
  func roundTripsCompatible() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<1000 {
      var (line, expected) = makeRecord(&random)
      let written = try DecodedRecord.decode([line]).encoded(compatible: true)
      let others = [
        "url", "provenance", "license", "summary", "origin", "description",
        "description_content_type",
      ]
      for key in others { expected.texts[key] = nil }
      expected.projectURLs = []
      if let hashes = expected.texts["hashes"] {
        expected.texts["hashes"] = String(hashes.prefix { $0 != ";" })
      }
      if expected.isYanked && expected.texts["yanked_reason"] == nil {
        expected.texts["yanked_reason"] = "yanked"
      }
      (expected.size, expected.hasSignature, expected.approximations) = (-1, nil, [])
      if expected.coreMetadata == "false" { expected.coreMetadata = "" }
      line = String(written.dropLast())
      #expect(try DecodedRecord(line: line) == expected, "\(written)")
    }
  }

  @Test("A list for dumb-pypi has its eight keys in its order")
  func writesCompatible() throws {
    let digits = String(repeating: "0", count: 32)
    let batch = try DecodedRecord.decode([
      #"{"filename":"a-1.zip"}"#,
      """
      {"core_metadata":"md5=\(digits)","yanked":"why","uploaded_by":"me","upload_timestamp":-1.5,\
      "requires_python":">3","requires_dist":["a","b"],"hash":"md5=\(digits)","size":3,\
      "filename":"b-1.zip","url":"b-1.zip"}
      """,
    ])
    #expect(
      batch.encoded(compatible: true) == """
        {"filename": "a-1.zip"}
        {"filename": "b-1.zip", "hash": "md5=\(digits)", "requires_dist": ["a", "b"], \
        "requires_python": ">3", "upload_timestamp": -1.5, "uploaded_by": "me", \
        "yanked_reason": "why", "core_metadata": "md5=\(digits)"}

        """
    )
  }

  @Test("Batches that are put together keep their texts and count their lines on")
  func appendsBatches() throws {
    var random = SeededGenerator(seed: 4)
    let lines = (0..<60).map { _ in makeRecord(&random).line }
    let whole = try DecodedRecord.decode(lines)
    var joined = try DecodedRecord.decode(Array(lines[..<20]))
    joined.append(try DecodedRecord.decode(Array(lines[20..<50])), afterLine: 20)
    joined.append(try DecodedRecord.decode(Array(lines[50...])), afterLine: 50)
    #expect(joined.encoded() == whole.encoded())
    #expect(joined.records.map(\.line) == Array(1...60))
  }
}
