import IndexModel
import StrictJSON
import TestSupport
import Testing

@Suite("Records in JSON")
struct RecordDecoderTests {
  static let sha256 = String(repeating: "0a", count: 32)
  static let md5 = String(repeating: "0b", count: 16)

  /// A member, and what a whole record with it says, behind its file name.
  static let members: [(String, String)] = [
    (#""hash": "sha256=\#(sha256)""#, #""hashes":{"sha256":"\#(sha256)"}"#),
    (#""hash": "SHA256=\#(sha256.uppercased())""#, #""hashes":{"sha256":"\#(sha256)"}"#),
    (#""hash": "sha256\u003d\#(sha256)""#, #""hashes":{"sha256":"\#(sha256)"}"#),
    (
      #""hashes": {"md5": "\#(md5)", "blake2b_256": "0C", "sha256": "\#(sha256)"}"#,
      #""hashes":{"sha256":"\#(sha256)","md5":"\#(md5)","blake2b_256":"0c"}"#
    ),
    (
      #""hash": "md5=\#(md5)", "hashes": {"m\u00645": "\#(md5)", "sha256": "\#(sha256)"}"#,
      #""hashes":{"sha256":"\#(sha256)","md5":"\#(md5)"}"#
    ),
    (#""hashes": {}"#, ""),
    (
      #""requires_dist": ["a", "b>=1; python_version<'3'", "\u00e9\n"]"#,
      #""requires_dist":["a","b>=1; python_version\u003c'3'","é\n"]"#
    ),
    (#""requires_dist": []"#, #""requires_dist":[]"#),
    (#""requires_dist": [""]"#, #""requires_dist":[""]"#),
    (#""requires_python": ">=3.8, <4""#, #""requires_python":">=3.8, \u003c4""#),
    (#""upload_timestamp": 1528586805"#, #""upload_time":"2018-06-09T23:26:45Z""#),
    (#""upload_timestamp": 1528586805.25"#, #""upload_time":"2018-06-09T23:26:45.25Z""#),
    (#""upload_timestamp": 0"#, #""upload_time":"1970-01-01T00:00:00Z""#),
    (#""upload_time": "2018-06-10T01:26:45\u002b02:00""#, #""upload_time":"2018-06-09T23:26:45Z""#),
    (
      #""upload_time": "2018-06-09T23:26:45Z", "upload_timestamp": 1"#,
      #""upload_time":"2018-06-09T23:26:45Z""#
    ),
    (
      #""upload_timestamp": 1, "upload_time": "2018-06-09T23:26:45Z""#,
      #""upload_time":"2018-06-09T23:26:45Z""#
    ),
    (#""uploaded_by": "J\u00fcrgen \"J\" <j@x>""#, #""uploaded_by":"Jürgen \"J\" \u003cj@x>""#),
    (#""yanked_reason": "broken""#, #""yanked":"broken""#),
    (#""yanked_reason": """#, ""),
    (#""yanked": true"#, #""yanked":true"#),
    (#""yanked": false"#, ""),
    (#""yanked": """#, #""yanked":true"#),
    (#""yanked": "broken""#, #""yanked":"broken""#),
    (#""yanked": true, "yanked_reason": "broken""#, #""yanked":"broken""#),
    (#""yanked_reason": "broken", "yanked": """#, #""yanked":"broken""#),
    (#""yanked": "", "yanked_reason": "broken""#, #""yanked":"broken""#),
    (#""yanked": false, "yanked_reason": "broken""#, #""yanked":"broken""#),
    (#""core_metadata": true"#, #""core_metadata":true"#),
    (#""core_metadata": "true""#, #""core_metadata":true"#),
    (#""core_metadata": false"#, #""core_metadata":false"#),
    (#""core_metadata": "false""#, #""core_metadata":false"#),
    (#""core_metadata": """#, ""),
    (#""core_metadata": "sha256\u003d\#(sha256)""#, #""core_metadata":"sha256=\#(sha256)""#),
    (
      #""url": "https://files.example/a/foo-1.0.zip?x=1&y=2""#,
      #""url":"https://files.example/a/foo-1.0.zip?x=1&y=2""#
    ),
    (#""url": "../pool/foo%2D1.0.zip""#, #""url":"../pool/foo%2D1.0.zip""#),
    (#""url": "foo-1.0.zip""#, #""url":"foo-1.0.zip""#),
    (#""size": 0"#, #""size":0"#),
    (
      #""project_urls": {"B": "https://b.example/?a&b", "A\u0041": "", "": "c"}"#,
      #""project_urls":{"B":"https://b.example/?a&b","AA":"","":"c"}"#
    ),
    (#""project_urls": {}"#, ""),
    (
      #""description": "A\n\n\u0000<b>\r\n", "description_content_type": "text/plain""#,
      #""description":"A\n\n\u0000\u003cb>\r\n","description_content_type":"text/plain""#
    ),
    (#""description": "", "description_content_type": null"#, ""),
    (#""size": 9223372036854775807"#, #""size":9223372036854775807"#),
    (#""gpg_sig": true"#, #""gpg_sig":true"#),
    (#""gpg_sig": false"#, #""gpg_sig":false"#),
    (
      #""provenance": "https://index.example/p.json""#,
      #""provenance":"https://index.example/p.json""#
    ),
    (#""license": "MIT""#, #""license":"MIT""#),
    (#""summary": "A \/ B\u0000\ud83d\udce6""#, #""summary":"A / B\u0000📦""#),
    (#""\u0073ize": 1"#, #""size":1"#),
  ]

  @Test("Each key means what its documentation says", arguments: members)
  func reads(_ member: String, _ expected: String) throws {
    let batch = try DecodedRecord.decode([#"{"filename": "foo-1.0.zip", \#(member)}"#])
    let rest = expected.isEmpty ? "" : ",\(expected)"
    #expect(batch.encoded() == "{\"filename\":\"foo-1.0.zip\"\(rest)}\n")
  }

  @Test("A null says as much as no key", arguments: RecordKey.allCases.filter { $0 != .filename })
  func ignoresNull(_ key: RecordKey) throws {
    let batch = try DecodedRecord.decode([#"{"\#(key.name)": null, "filename": "foo-1.0.zip"}"#])
    #expect(batch.encoded() == "{\"filename\":\"foo-1.0.zip\"}\n")
  }

  @Test("A file name may have escapes")
  func readsEscapedFilename() throws {
    let record = try DecodedRecord(line: #"  {"filename":"\u0066oo\u002d1.0.zip"}  "#)
    #expect(record.filename == "foo-1.0.zip")
  }

  /// A line with `«` and `»` around the bytes that are wrong, and the code of the mistake.
  static let mistakes: [(String, String)] = [
    (#"{"filename": "f-1.zip", "}«»"#, "json-syntax"),
    (#"{"filename": "f-1.zip"«,»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip"} «x»"#, "json-syntax"),
    (#"«[»"f-1.zip"]"#, "json-syntax"),
    (#"{"filename": «1»}"#, "json-syntax"),
    ("«{}»", "missing-key"),
    (#"«{"filename": null}»"#, "missing-key"),
    (#"{"filename": "f-1.zip", "«filenam»": 1}"#, "unknown-key"),
    (#"{"filename": "f-1.zip", "«Size»": 1}"#, "unknown-key"),
    (#"{"filename": "f-1.zip", "size": 1, "«size»": 1}"#, "duplicate-key"),
    (#"{"filename": "f-1.zip", "size": 1, "«s\u0069ze»": 1}"#, "duplicate-key"),
    (#"{"filename": "f-1.zip", "size": null, "«size»": 1}"#, "duplicate-key"),
    (#"{"filename": "«../f-1.zip»"}"#, "unsafe-filename"),
    (#"{"filename": "«»"}"#, "unsafe-filename"),
    (#"{"filename": "«f-1.zip\n»"}"#, "unsafe-filename"),
    (#"{"filename": "«f-1.zip.asc»"}"#, "invalid-filename"),
    (#"{"filename": "f-1.zip", "size": «-1»}"#, "wrong-type"),
    (#"{"filename": "f-1.zip", "size": «1.5»}"#, "wrong-type"),
    (#"{"filename": "f-1.zip", "size": «9223372036854775808»}"#, "wrong-type"),
    (#"{"filename": "f-1.zip", "hash": "«md5»"}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "hash": "«md5=0=0»"}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "hash": "«md5=00»"}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "hash": "«=00»"}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "hashes": {"«x": "0g»"}}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "hashes": {"x": "00", "«x": "01»"}}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "hash": "x=00", "hashes": {"«X": "01»"}}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "core_metadata": "«yes»"}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "core_metadata": "«md5=00»"}"#, "invalid-hash"),
    (#"{"filename": "f-1.zip", "upload_timestamp": «1e9»}"#, "invalid-time"),
    (#"{"filename": "f-1.zip", "upload_timestamp": «253402300800»}"#, "invalid-time"),
    (#"{"filename": "f-1.zip", "upload_time": "«2018-06-09»"}"#, "invalid-time"),
    (#"{"filename": "f-1.zip", "requires_dist": ["a", "«b\u0000»"]}"#, "invalid-text"),
    (#"{"filename": "f-1.zip", "project_urls": {"a": "«b\u0000»"}}"#, "invalid-text"),
    (#"{"filename": "f-1.zip", "project_urls": {"«a\u0000»": "b"}}"#, "invalid-text"),
    (#"{"filename": "f-1.zip", "project_urls": {"a": "b", "«\u0061»": "c"}}"#, "duplicate-key"),
    (#"{"filename": "f-1.zip", "project_urls": {"a": «1»}}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "project_urls": «[]»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "description": «["a"]»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "url": «"https://x.example/g-1.zip"», "size": 1}"#, "invalid-url"),
    (#"{"url": «"f-1.zip#x"», "filename": "f-1.zip"}"#, "invalid-url"),
    (#"{"filename": "f-1.zip", "url": «"javascript:f-1.zip"»}"#, "invalid-url"),
    (#"{"filename": "f-1.zip", "url": «"a b/f-1.zip"»}"#, "invalid-url"),
    (#"{"filename": "f-1.zip", "url": «"a\\f-1.zip"»}"#, "invalid-url"),
    (#"{"filename": "f-1.zip", "url": «"f-1%2"»}"#, "invalid-url"),
    (#"{"filename": "f-1.zip", "url": «"x/?f-1.zip"»}"#, "invalid-url"),
    (#"{"filename": "f-1.zip", "provenance": «"http://x.example/"»}"#, "invalid-url"),
    (#"{"filename": "f-1.zip", "requires_python": «3»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "requires_dist": «"a"»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "gpg_sig": «"yes"»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "hashes": «[]»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "yanked": «1»}"#, "json-syntax"),
    (#"{"filename": "f-1.zip", "summary": "«\ud800»"}"#, "json-syntax"),
  ]

  @Test("A mistake is said with its bytes, and leaves no record behind", arguments: mistakes)
  func refuses(_ marked: String, _ code: String) throws {
    let parts = marked.split(omittingEmptySubsequences: false) { $0 == "«" || $0 == "»" }
    let line = parts.joined()
    let start = parts[0].utf8.count
    var batch = try DecodedRecord.decode([#"{"filename": "first-1.0.zip"}"#])
    var decoder = RecordDecoder()
    let problem = #expect(throws: RecordProblem.self) {
      try decoder.decode(line: line.utf8Span.span, number: 2, into: &batch)
    }
    #expect(problem?.code == code)
    // Syntax mistakes have their places tested with the JSON reader; here only their start counts.
    let end = code == "json-syntax" ? problem?.range.upperBound : start + parts[1].utf8.count
    #expect(problem?.range.lowerBound == start)
    #expect(problem?.range.upperBound == end)
    #expect(problem?.isFilename == code.hasSuffix("-filename"))
    #expect(problem?.message.isEmpty == false)
    #expect(batch.encoded() == "{\"filename\":\"first-1.0.zip\"}\n")
  }

  @Test("Bytes that are not UTF-8 are refused")
  func refusesBadUTF8() {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    let line = Array(#"{"filename":"f-1.zip","summary":""#.utf8) + [0xC3, 0x28] + Array("\"}".utf8)
    let problem = #expect(throws: RecordProblem.self) {
      try decoder.decode(line: line.span, number: 1, into: &batch)
    }
    #expect(problem?.code == "json-syntax")
    #expect(problem?.range.lowerBound == 33)
  }

  @Test("Digests that no installer could use may be left out")
  func omitsBadDigests() throws {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    decoder.omitsBadDigests = true
    for (number, member) in [
      #""hash": "md5=00""#, #""hashes": {"md5": "zz", "sha256": "\#(Self.sha256)"}"#,
      #""core_metadata": "md5=00""#, #""size": 1"#,
    ].enumerated() {
      let line = Array(#"{"filename": "f-1.zip", \#(member)}"#.utf8)
      try decoder.decode(line: line.span, number: number + 1, into: &batch)
    }
    #expect(decoder.linesWithBadDigests == [1, 2, 3])
    #expect(
      batch.encoded() == """
        {"filename":"f-1.zip"}
        {"filename":"f-1.zip","hashes":{"sha256":"\(Self.sha256)"}}
        {"filename":"f-1.zip"}
        {"filename":"f-1.zip","size":1}

        """
    )
  }

  @Test("The longest line is read to its end, a longer one is refused")
  func limitsLength() throws {
    let head = #"{"filename":"f-1.zip","summary":""#
    let room = RecordDecoder.maximumLineLength - head.utf8.count - 2
    let summary = String(repeating: "x", count: room)
    let record = try DecodedRecord(line: "\(head)\(summary)\"}")
    #expect(record.texts["summary"]?.utf8.count == room)
    let problem = #expect(throws: RecordProblem.self) {
      try DecodedRecord(line: "\(head)\(summary)x\"}")
    }
    #expect(problem?.code == "line-too-long")
    #expect(problem?.range == RecordDecoder.maximumLineLength..<RecordDecoder.maximumLineLength + 1)
  }

  @Test("No text range has to hold more than a line may")
  func fitsTextRanges() {
    #expect(RecordDecoder.maximumLineLength <= TextRange.maximumCount)
  }

  @Test("Every truncation and every damaged byte of a record is read or refused, never a crash")
  func survivesDamage() throws {
    let line =
      Array(
        #"{"filename":"f-1.zip","hashes":{"md5":"\#(Self.md5)"},"size":12,"upload_time":"#.utf8
      ) + Array(#""2018-06-09T23:26:45.5Z","url":"a/f%2D1.zip","requires_dist":["a"]}"#.utf8)
    var decoder = RecordDecoder()
    var batch = RecordBatch()
    var refused = 0
    for end in 0..<line.count {
      let part = Array(line[..<end])
      #expect(throws: RecordProblem.self) {
        try decoder.decode(line: part.span, number: 1, into: &batch)
      }
    }
    var random = SeededGenerator(seed: 8259)
    for _ in 0..<20_000 {
      var damaged = line
      damaged[Int.random(in: line.indices, using: &random)] = .random(in: 0...255, using: &random)
      do throws(RecordProblem) {
        try decoder.decode(line: damaged.span, number: 1, into: &batch)
      } catch {
        #expect(error.range.upperBound <= damaged.count + 1)
        refused += 1
      }
    }
    #expect(refused > 10_000)
    #expect(batch.records.count + refused == 20_000)
  }
}
