import IndexModel
public import IndexPipeline
import IndexRendering
import StrictJSON

/// Checks that a transform keeps the contract of ``Transform``.
///
/// - Parameters:
///   - transform: The transform.
///   - lines: Records with different file names, each a name or JSON; a mixture of all kinds if
///     nothing is given.
/// - Throws: `KitFailure` with all that was found.
public func checkTransform<Subject: Transform>(
  _ transform: Subject,
  on lines: [String] = KitRecords.mixture
) async throws {
  var findings = OptionsSuite.check(try SettingsBench(transform: Subject.self))
  do {
    let verdicts = try await TransformVerdicts(of: transform, on: lines)
    verdicts.check(&findings)
    let again = try await TransformVerdicts(of: transform, on: lines)
    findings.expect(verdicts == again, "it decides otherwise when it is applied again")
    if Subject.scope != .index {
      var random = KitRandom(seed: 1)
      for _ in 0..<4 {
        let shuffled = try await TransformVerdicts(
          of: transform,
          on: lines.shuffled(using: &random)
        )
        findings.expect(
          verdicts == shuffled,
          "its verdicts depend on the order of the records, but its scope is not the index: "
            + verdicts.difference(to: shuffled)
        )
      }
    }
    // No records are an index too.
    _ = try await TransformVerdicts(of: transform, on: [])
  } catch {
    findings.add("applying it fails: \(message(of: error))")
  }
  try findings.finish()
}

/// Checks that a transform keeps the contract of ``Transform``.
///
/// - Parameters:
///   - type: The type of the transform.
///   - json: Its object in a pipeline file.
///   - lines: Records with different file names, each a name or JSON.
/// - Throws: `KitFailure` with all that was found.
public func checkTransform<Subject: Transform>(
  _ type: Subject.Type,
  from json: String,
  on lines: [String] = KitRecords.mixture
) async throws {
  try await checkTransform(try SettingsBench(transform: type).make(type, from: json), on: lines)
}

/// What a transform decided about each record.
private struct TransformVerdicts: Equatable {
  private let names: [String]
  /// The records that were kept, as JSON, sorted.
  private let kept: [String]
  private let keptNames: [String]
  /// The records that were dropped, each with its reason, sorted.
  private let dropped: [String]
  private let droppedNames: [String]
  private let hasReasons: Bool

  init(of transform: some Transform, on lines: [String]) async throws {
    let all = Pipeline(
      sources: [Pipeline.SourceStep("kit", MemorySource(lines))],
      render: RenderOptions(),
      sinks: []
    )
    var some = all
    some.transforms = [Pipeline.TransformStep("subject", transform)]
    var (before, after) = (Report(), Report())
    names = try await all.catalog(into: &before, SilentObserver()).namesAndLines.map(\.name)
    let records = try await some.catalog(into: &after, SilentObserver()).namesAndLines
    kept = records.map(\.line).sorted()
    keptNames = records.map(\.name)
    let drops = (0..<after.drops.count).map { after.drops[$0] }
    dropped = drops.map { "\($0.filename): \($0.reason)" }.sorted()
    droppedNames = drops.map(\.filename)
    hasReasons = drops.allSatisfy { !$0.reason.utf8.isEmpty }
  }

  static func == (a: Self, b: Self) -> Bool { a.kept == b.kept && a.dropped == b.dropped }

  func check(_ findings: inout Findings) {
    for name in names {
      let ways = [keptNames, droppedNames].map { list in
        list.count { $0.utf8.elementsEqual(name.utf8) }
      }
      if ways == [0, 0] { findings.add("\(name) is neither kept nor dropped") }
      if ways[1] > 1 { findings.add("\(name) is dropped \(ways[1]) times") }
    }
    findings.expect(hasReasons, "it drops records without a reason")
  }

  /// A verdict that the other has not.
  func difference(to other: TransformVerdicts) -> String {
    let own = Set(kept + dropped)
    return (other.kept + other.dropped).first { !own.contains($0) } ?? "a verdict is missing"
  }
}

extension Catalog {
  /// The file names of all distributions, and all that is known of them.
  fileprivate var namesAndLines: [(name: String, line: String)] {
    distributions.map { distribution in
      var line = ByteBuffer()
      RecordEncoder.append(
        filename: text.span[distribution.filename],
        facts: facts(of: distribution),
        text: text.span,
        to: &line
      )
      return (
        String(decoding: text.span[distribution.filename]), String(decoding: line.span)
      )
    }
  }
}
