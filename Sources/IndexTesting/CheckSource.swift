import IndexModel
public import IndexPipeline
import StrictJSON

/// Checks that a source keeps the contract of ``Source``.
///
/// It reads the source several times: give it one whose input does not change.
///
/// - Parameter source: The source, ready to be read.
/// - Throws: `KitFailure` with all that was found.
public func checkSource<Subject: Source>(_ source: Subject) async throws {
  var findings = OptionsSuite.check(try SettingsBench(source: Subject.self))
  findings.expect(!source.place.utf8.isEmpty, "it has no place for messages")
  do {
    let first = try await SourceReading(source)
    let second = try await SourceReading(source)
    findings.expect(
      first == second,
      "it does not give the same records in the same order when it is read again"
    )
    async let left = SourceReading(source)
    async let right = SourceReading(source)
    let isSame = try await (left, right) == (first, first)
    findings.expect(isSame, "it gives other records when two tasks read it at once")
  } catch {
    findings.add("reading fails: \(message(of: error))")
  }
  let isPrompt = await endsPromptly {
    var output = SourceOutput()
    try await source.read(into: &output)
  }
  findings.expect(isPrompt, "reading does not end within five seconds after it was cancelled")
  try findings.finish()
}

/// Checks that a source keeps the contract of ``Source``.
///
/// - Parameters:
///   - type: The type of the source.
///   - json: Its object in a pipeline file.
/// - Throws: `KitFailure` with all that was found.
public func checkSource<Subject: Source>(
  _ type: Subject.Type,
  from json: String
) async throws {
  try await checkSource(try SettingsBench(source: type).make(type, from: json))
}

/// Checks only what a source says of itself and of its fields; for one whose input is used up by
/// reading it.
///
/// - Throws: `KitFailure` with all that was found.
public func checkOptions<Subject: Source>(ofSource type: Subject.Type) throws {
  try OptionsSuite.check(try SettingsBench(source: type)).finish()
}

/// All that a source gave.
private struct SourceReading: Equatable {
  let records: [UInt8]
  let skipped: [String]
  let warnings: [String]

  init(_ source: some Source) async throws {
    var output = SourceOutput()
    try await source.read(into: &output)
    records = try await output.takeRecords().asLines
    skipped = output.skipped.map { "\($0.excerpt.line) \($0.code) \($0.reason)" }
    warnings = output.warnings
  }
}

extension RecordBatch {
  /// The records as lines of JSON.
  var asLines: [UInt8] {
    var lines = ByteBuffer()
    for record in records { RecordView(record, in: self).appendJSON(to: &lines) }
    return Array(lines.span)
  }
}
