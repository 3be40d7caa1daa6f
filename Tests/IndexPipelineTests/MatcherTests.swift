import IndexModel
import IndexPipeline
import StrictJSON
import TestSupport
import Testing

@Suite("Conditions")
struct MatcherTests {
  private func reasons(_ matcher: Matcher, _ lines: [String]) throws -> [String?] {
    let batch = try RecordBatch(lines: lines)
    var matching = try matcher.start()
    var reasons: [String?] = []
    for record in batch.records {
      let isMet = matching.matches(RecordView(record, in: batch))
      reasons.append(isMet ? matching.reason().text : nil)
    }
    return reasons
  }

  @Test("The reason names the conditions that decided")
  func givesReasons() throws {
    let matcher = try Matcher(
      json: #"""
        { "any": [ { "filename": ["*.egg", "*+debug*"] },
                   { "kind": "sdist", "not": { "project": "acme", "version": "<2" } } ] }
        """#
    )
    #expect(
      try reasons(matcher, ["a-1+debug.zip", "a-1.0.egg", "acme-1.0.zip", "acme-2.0.zip"]) == [
        #"matches "filename": "*+debug*""#, #"matches "filename": "*.egg""#, nil,
        #"matches "kind": "sdist", and does not match "project": "acme", "version": "<2""#,
      ]
    )
  }

  @Test("A version that PEP 440 refuses meets === only, and no version meets nothing")
  func comparesLegacyVersions() throws {
    let lines = ["a-1.0-custom.zip", "a.zip", "a-1.0.zip"]
    for (clause, met) in [
      ("===1.0-CUSTOM", [true, false, false]), ("!=2", [false, false, true]),
      ("<9", [false, false, true]), ("===1.0", [false, false, true]),
    ] {
      let matcher = try Matcher(json: #"{"version":"\#(clause)"}"#)
      #expect(try reasons(matcher, lines).map { $0 != nil } == met, "\(clause)")
    }
  }

  @Test("A file without an upload time counts as uploaded now")
  func datesUnknownTimes() throws {
    let now = try #require(Timestamp(seconds: 1_000_000_000))
    for (json, met) in [
      (#"{"uploaded_after":"7d"}"#, true), (#"{"uploaded_before":"7d"}"#, false),
      (#"{"uploaded_after":"2099-01-01"}"#, false), (#"{"uploaded_before":"2099-01-01"}"#, true),
    ] {
      let matcher = try Matcher(json: json)
      try matcher.prepare(for: RunSetting(now: now), sources: [])
      let reason = try reasons(matcher, ["a-1.zip"])[0]
      #expect((reason != nil) == met, "\(json)")
      #expect(reason?.contains("(its upload time is not known, which counts as now)") ?? true)
    }
  }

  @Test("An age needs a moment to count from")
  func needsTime() throws {
    let matcher = try Matcher(json: #"{"uploaded_after":"7d"}"#)
    #expect(throws: StageFailure.self) { _ = try matcher.start() }
  }

  @Test("What never matched is told once, whatever the order of the conditions")
  func tellsSilence() throws {
    // The record meets both halves; the second is asked even though the first decides.
    for json in [
      #"{"any":[{"filename":["a*","*.zip","*.egg"]},{"kind":"sdist"},{"yanked":true}]}"#,
      #"{"any":[{"yanked":true},{"kind":"sdist"},{"filename":["*.egg","*.zip","a*"]}]}"#,
      #"{"all":[{"project":"b"},{"filename":["a*","*.zip","*.egg"]},{"kind":"sdist"},{"yanked":true}]}"#,
    ] {
      let matcher = try Matcher(json: json)
      try matcher.prepare(for: RunSetting(), sources: [])
      _ = try reasons(matcher, ["a-1.zip", "a-2.zip"])
      let silent = matcher.silentConditions.map(\.message)
      #expect(silent.contains("a matcher: \"*.egg\" matched nothing in this run (-:1)"))
      #expect(silent.contains("a matcher: true matched nothing in this run (-:1)"))
      #expect(silent.count == (json.contains("project") ? 3 : 2))
    }
  }

  @Test("Many silent values are one line")
  func shortensSilence() throws {
    let matcher = try Matcher(json: #"{"project":["a","b","c","d","e","f","f"]}"#)
    _ = try reasons(matcher, ["a-1.zip"])
    #expect(
      matcher.silentConditions.map(\.message)
        == [#"a matcher: "b", "c", "d" and 2 more matched nothing in this run (-:1)"#]
    )
  }

  @Test("A file of patterns is read when a run starts, and only then")
  func readsLists() throws {
    let matcher = try Matcher(json: #"{"project":["x",{"file":"list.txt"}]}"#)
    #expect(matcher.files == ["list.txt"])
    #expect(throws: StageFailure.self) { _ = try matcher.start() }
    let text = "\u{FEFF}# names\r\n  Acme.Core \r\n\r\nfoo_*\n"
    let setting = RunSetting { path throws(StageFailure) in
      if path == "list.txt" { return Array(text.utf8) }
      throw StageFailure(.bug, code: "test", path)
    }
    try matcher.prepare(for: setting, sources: [])
    let met = try reasons(matcher, ["acme_core-1.zip", "foo-bar-1.0.zip", "foo-1.zip", "x-1.zip"])
    #expect(met.map { $0 != nil } == [true, true, false, true])
  }

  @Test("A mistake in a file of patterns has its line")
  func locatesListMistakes() throws {
    let matcher = try Matcher(json: #"{"project":{"file":"list.txt"}}"#)
    let setting = RunSetting { _ throws(StageFailure) in Array("a\n[b\n".utf8) }
    let failure = #expect(throws: StageFailure.self) {
      try matcher.prepare(for: setting, sources: [])
    }
    #expect(failure?.code == "wrong-pattern" && failure?.excerpt?.line == 2)
  }

  @Test("Sources are met by their ids")
  func matchesSources() throws {
    let matcher = try Matcher(json: #"{"source":["pypi","in*"]}"#)
    try matcher.prepare(for: RunSetting(), sources: ["other", "internal", "pypi"])
    var batch = try RecordBatch(lines: ["a-1.zip", "a-2.zip", "a-3.zip"])
    batch.setSource(1, from: 1)
    batch.setSource(2, from: 2)
    var matching = try matcher.start()
    var met: [Bool] = []
    for record in batch.records { met.append(matching.matches(RecordView(record, in: batch))) }
    #expect(met == [false, true, true])
  }

  @Test("Many literals are found as fast as few", .timeLimit(.minutes(1)))
  func hashesLiterals() throws {
    let names = (0..<20_000).map { "\"p\($0)\"" }.joined(separator: ",")
    let matcher = try Matcher(json: #"{"project":[\#(names)]}"#)
    let met = try reasons(matcher, (0..<40_000).map { "p\($0)-1.zip" })
    #expect(met.count { $0 != nil } == 20_000)
  }

  @Test("Sizes and moments are read with their units")
  func readsUnits() {
    let sizes: [(String, Int64?)] = [
      ("0B", 0), ("8MiB", 8 << 20), ("8 MiB", 8 << 20), ("1kB", 1000), ("2TiB", 2 << 40),
      ("1", nil), ("MiB", nil), ("1.5MiB", nil), ("-1B", nil), ("999999999999999TiB", nil),
      ("1mib", nil), ("", nil),
    ]
    for (text, bytes) in sizes { #expect(ByteSize(text)?.bytes == bytes, "\(text)") }
    let ages: [(String, Int64?)] = [
      ("0s", 0), ("12h", 43_200), ("7d", 604_800), ("2w", 1_209_600), ("90m", 5400), ("d", nil),
      ("7", nil), ("7 d", nil), ("-7d", nil), ("7y", nil), ("999999999w", nil),
    ]
    for (text, seconds) in ages {
      let moment = Moment(text.utf8Span.span)
      #expect(moment == seconds.map { .ago(seconds: $0) }, "\(text)")
    }
    #expect(Moment("2026-11-22".utf8Span.span) == Moment("2026-11-22T00:00:00Z".utf8Span.span))
    #expect(Moment("2026-02-30".utf8Span.span) == nil)
  }
}
