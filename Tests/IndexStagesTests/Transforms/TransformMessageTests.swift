import IndexPipeline
import TestSupport
import Testing

@Suite("Mistakes in transforms")
struct TransformMessageTests {
  private static let golden = GoldenFolder()

  /// Each is a transform, or some, with mistakes; `NAME.txt` holds what a person reads.
  static let mistakes: [(name: String, json: String)] = [
    ("unknown-condition", #"{ "type": "filter", "drop": { "filenam": "*.egg", "sumary": 1 } }"#),
    ("empty-matcher", #"{ "type": "filter", "drop": {}, "keep": { "$comment": "x", "any": [] } }"#),
    ("no-matcher", #"{ "type": "filter" }, { "type": "filter", "drop": "*.egg" }"#),
    (
      "wrong-types",
      #"""
      { "type": "filter",
        "keep": { "any": [ { "filename": 7 }, 8, { "version": true }, { "kind": [ 1 ] } ] },
        "drop": { "yanked": "yes", "uploaded_after": 7, "size": "1MiB", "not": [], "all": {} } }
      """#
    ),
    (
      "wrong-patterns",
      #"{ "type": "filter", "drop": { "filename": ["", "[a", "[z-a]"], "project": "_" } }"#
    ),
    (
      "never-matches",
      #"""
      { "type": "filter", "drop": { "kind": "sdist", "python": "py3", "platform": [] } },
      { "type": "filter", "drop": { "filename": "a/b*", "python": "py2.py3", "project": "a é" } },
      { "type": "filter", "drop": { "uploaded_after": "2026-01-01", "uploaded_before": "2025-01-01" } },
      { "type": "filter", "drop": { "uploaded_after": "7d", "uploaded_before": "30d" } },
      { "type": "filter", "drop": { "size": { "at_least": "2MiB", "at_most": "1MiB" } } }
      """#
    ),
    (
      "wrong-values",
      #"""
      { "type": "filter", "drop": { "version": [">=1,<2x", ""], "kind": "wheels",
          "uploaded_before": "yesterday", "requires_python_allows": "3.x",
          "size": { "at_least": 5, "at_most": "5MIB", "exactly": "1B" } } }
      """#
    ),
    (
      "unknown-source",
      #"{ "type": "filter", "drop": { "any": [ { "source": ["memroy", "mem*", "x*"] } ] } }"#
    ),
    ("wrong-list", #"{ "type": "filter", "drop": { "project": [ { "fil": "a.txt" }, null ] } }"#),
    (
      "wrong-latest",
      #"{ "type": "latest", "count": "ten", "prereleases": "skip" }, { "type": "latest" }"#
    ),
    ("wrong-dedupe", #"{ "type": "dedupe", "by": "filename", "prefer": "latest" }"#),
    ("wrong-sort", #"{ "type": "sort", "by": ["project", "-versoin", 3] }"#),
    (
      "wrong-set",
      #"""
      { "type": "set", "values": { "requires_pyton": ">=3", "size": "big", "filename": "x", "url": "y" } },
      { "type": "set" }, { "type": "set", "defaults": {} }
      """#
    ),
    (
      "wrong-template",
      #"""
      { "type": "rename-url" },
      { "type": "rename-url", "template": "https://x.example/{file}" },
      { "type": "rename-url", "template": "https://x.example/{filename}/{project}" },
      { "type": "rename-url", "template": "https://{project}.example/{filename}" },
      { "type": "rename-url", "template": "{project}/{filename}" },
      { "type": "rename-url", "template": "ftp://x.example/{filename}" },
      { "type": "rename-url", "template": "/a/{project}/%2e./{filename}" }
      """#
    ),
    (
      "wrong-enrich",
      #"""
      { "type": "enrich", "hashes": ["md5"], "files": "range", "incomplete": "skip" },
      { "type": "enrich", "username": "someone" },
      { "type": "enrich", "origin": "https://files.example/pool/", "base_url": "pool" },
      { "type": "enrich", "base_url": "https://files.example/pool", "max_file_size": 5 }
      """#
    ),
    ("wrong-status", #"{ "type": "annotate", "status": "archive" }, { "type": "annotate" }"#),
  ]

  @Test("A mistake is said in the very words of its golden file", arguments: mistakes)
  func explainsMistakes(_ name: String, _ json: String) throws {
    let failure = try #require(throws: PipelineFileFailure.self) {
      try TransformBench.pipeline(json)
    }
    #expect(failure.failures.allSatisfy { $0.kind == .config && $0.excerpt != nil })
    let printed = failure.failures.map { DiagnosticPrinter.text(of: $0) + "\n" }
    let difference = try Self.golden.difference(
      "\(name).txt",
      Array(printed.joined(separator: "\n").utf8)
    )
    #expect(difference == nil)
  }

  @Test("Every golden file belongs to a mistake")
  func hasNoOtherFiles() throws {
    #expect(try Self.golden.names() == Self.mistakes.map { "\($0.name).txt" }.sorted())
  }
}
