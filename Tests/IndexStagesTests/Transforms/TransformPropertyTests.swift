import IndexModel
import IndexPipeline
import IndexTesting
import TestSupport
import Testing

@Suite("All transforms")
struct TransformPropertyTests {
  /// Transforms with the options that matter, and whether the order of the records may matter.
  static let transforms: [(json: String, isOrdered: Bool)] = [
    (#"{ "type": "normalize", "legacy_versions": "drop", "digests": "strong" }"#, false),
    (#"{ "type": "filter", "keep": { "version": ">=1" }, "drop": { "filename": "*2*" } }"#, false),
    (
      #"{ "type": "filter", "drop": { "any": [ { "uploaded_after": "7d" }, { "yanked": true } ] } }"#,
      false
    ),
    (#"{ "type": "latest", "count": 2 }"#, false),
    (#"{ "type": "latest", "count": 1, "by": "upload_time", "prereleases": "drop" }"#, false),
    (
      #"{ "type": "latest", "count": 1, "prereleases": "keep", "where": { "kind": "wheel" } }"#,
      false
    ),
    (#"{ "type": "dedupe", "prefer": "first" }"#, true),
    (#"{ "type": "dedupe", "by": "identity", "prefer": "newest" }"#, true),
    (#"{ "type": "sort", "by": ["kind", "-size"] }"#, true),
    (
      #"{ "type": "set", "where": { "project": "a*" }, "values": { "yanked": "x" },"#
        + #" "defaults": { "size": 9 } }"#, false
    ),
    (#"{ "type": "rename-url", "template": "p/{project}/{filename}" }"#, false),
    (#"{ "type": "annotate", "status": "archived", "where": { "version": "<1" } }"#, false),
  ]

  private func lines(_ random: inout SeededGenerator) -> [String] {
    let names = ["a", "A.b", "a_b", "c-c", "d2"]
    let versions = ["0.1", "1.0", "1.0.0", "2.0rc1", "2.0", "1.0-x", "3.0+cu1"]
    var lines: [String] = []
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      let (name, version) = (random.pick(names), random.pick(versions))
      let isWheel = random.oneIn(2) && !version.utf8.contains(UInt8(ascii: "x"))
      let filename =
        isWheel
        ? "\(name.split(separator: "-").joined())-\(version)-py3-none-any.whl"
        : "\(name)-\(version)\(random.pick([".zip", ".tar.gz", ".egg"]))"
      var line = #"{"filename":"\#(filename)""#
      if random.oneIn(2) { line += #","size":\#(Int.random(in: 1...3, using: &random))"# }
      if random.oneIn(2) {
        let time = 1_700_000_000 - Int.random(in: 0...20, using: &random) * 86_400
        line += #","upload_timestamp":\#(time)"#
      }
      if random.oneIn(4) { line += #","yanked":true"# }
      if random.oneIn(3) { line += #","requires_python":" >=3.6, <4 ""# }
      lines.append(line + "}")
    }
    return lines
  }

  /// The records with their sources' lines left out, in an order of their own.
  private func kept(_ transforms: String, _ lines: [String]) async throws -> [String] {
    var pipeline = try TransformBench.pipeline(transforms, lines)
    pipeline.stopsAtConflicts = false
    var report = Report()
    let catalog = try await pipeline.catalog(into: &report, SilentObserver())
    #expect(
      catalog.distributions.count + report.drops.count + report.duplicates.count == lines.count
    )
    for index in 0..<report.drops.count { #expect(!report.drops[index].reason.isEmpty) }
    let statuses = catalog.projects.map { "\(catalog.status(of: $0)?.marker.rawValue ?? "")" }
    return statuses
      + catalog.distributions.map { distribution in
        "\(String(decoding: catalog.text[distribution.filename.bounds], as: UTF8.self))"
      }
  }

  @Test("All records are kept or dropped; twice does what once did", arguments: transforms)
  func keepsOrDrops(_ transform: String, _: Bool) async throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<40 {
      let lines = lines(&random)
      let once = try await kept(transform, lines)
      #expect(try await kept("\(transform), \(transform)", lines) == once)
    }
  }

  @Test(
    "What a transform decides does not depend on the order of the records",
    arguments: transforms.filter { !$0.isOrdered }
  )
  func ignoresOrder(_ transform: String, _: Bool) async throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<40 {
      // Of two records with one file name the later stays, which is no matter of transforms.
      var names: Set<String> = []
      let lines = lines(&random).filter {
        names.insert($0.split(separator: "\"")[3].description).inserted
      }
      let shuffled = lines.shuffled(using: &random)
      #expect(try await kept(transform, shuffled) == kept(transform, lines))
    }
  }
}
