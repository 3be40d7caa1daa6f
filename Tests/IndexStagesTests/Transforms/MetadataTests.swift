import IndexModel
import IndexPipeline
import StrictJSON
import Testing

@Suite("set, normalize, rename-url and annotate")
struct MetadataTests {
  private func records(_ transform: String, _ lines: [String]) async throws -> [String] {
    try await TransformBench.run(transform, lines).records
  }

  @Test("Values beat what is known, defaults do not, null takes away")
  func sets() async throws {
    let transform = #"""
      { "type": "set", "where": { "project": "a" },
        "values": { "requires_python": ">=3.9", "summary": null, "yanked": "bad <b>" },
        "defaults": { "uploaded_by": "ci", "size": 7, "requires_python": "<3" } }
      """#
    #expect(
      try await records(
        transform,
        [#"{"filename":"a-1.zip","summary":"s","size":1,"requires_python":">=2"}"#, "b-1.zip"]
      ) == [
        #"{"filename":"a-1.zip","size":1,"uploaded_by":"ci","requires_python":">=3.9","#
          + #""yanked":"bad \u003cb>"}"#, #"{"filename":"b-1.zip"}"#,
      ]
    )
  }

  @Test("A yank can be taken back")
  func unyanks() async throws {
    #expect(
      try await records(
        #"{ "type": "set", "values": { "yanked": false } }"#,
        [#"{"filename":"a-1.zip","yanked":"why"}"#]
      ) == [#"{"filename":"a-1.zip"}"#]
    )
  }

  @Test("Metadata comes into one spelling")
  func normalizes() async throws {
    let transform = #"{ "type": "normalize", "digests": "strong", "upload_time": "second" }"#
    let (md5, sha) = (String(repeating: "0", count: 32), String(repeating: "A", count: 64))
    #expect(
      try await records(
        transform,
        [
          #"{"filename":"a-1.zip","requires_python":" >= 3.6 , < 4","summary":" a\n\tb ","#
            + #""hashes":{"md5":"\#(md5)","sha256":"\#(sha)"},"#
            + #""upload_time":"2020-01-01T00:00:00.9Z"}"#,
          #"{"filename":"b-1.zip","requires_python":"three","hash":"md5=\#(md5)"}"#,
        ]
      ) == [
        #"{"filename":"a-1.zip","hashes":{"sha256":"\#(sha.lowercased())"},"#
          + #""upload_time":"2020-01-01T00:00:00Z","requires_python":">=3.6,\u003c4","summary":"a b"}"#,
        #"{"filename":"b-1.zip","hashes":{"md5":"\#(md5)"},"requires_python":"three"}"#,
      ]
    )
    let strict = #"{ "type": "normalize", "legacy_versions": "drop" }"#
    let outcome = try await TransformBench.run(strict, ["a-1.0-x.zip", "a.zip", "a-1.0.zip"])
    #expect(outcome.filenames == ["a.zip", "a-1.0.zip"])
    #expect(outcome.drops[0].contains("the version is not one of PEP 440"))
  }

  @Test("A URL is made of facts, and never leads out of its folder")
  func renames() async throws {
    let sha = String(repeating: "b", count: 64)
    #expect(
      try await records(
        #"{ "type": "rename-url", "#
          + #""template": "https://x.example/p/{initial}/{project}/{sha256}/{filename}?k=1" }"#,
        [#"{"filename":"Foo.Bar-1.0+cu1.zip","hash":"sha256=\#(sha)"}"#]
      ) == [
        #"{"filename":"Foo.Bar-1.0+cu1.zip","#
          + #""url":"https://x.example/p/f/foo-bar/\#(sha)/Foo.Bar-1.0%2Bcu1.zip?k=1","#
          + #""hashes":{"sha256":"\#(sha)"}}"#
      ]
    )
  }

  @Test("A file that does not know what its URL asks for fails the run, or is left as it is")
  func missesFacts() async throws {
    let template = #""template": "../pool/{sha256}/{filename}""#
    let failure = await #expect(throws: StageFailure.self) {
      try await TransformBench.run(#"{ "type": "rename-url", \#(template) }"#, ["a-1.zip"])
    }
    #expect(
      failure?.code == "missing-fact" && failure?.message == "\"a-1.zip\" has no sha256 for its URL"
    )
    #expect(
      try await records(
        #"{ "type": "rename-url", \#(template), "on_missing": "keep" }"#,
        ["a-1.zip"]
      ) == [#"{"filename":"a-1.zip"}"#]
    )
  }

  @Test("A state reaches the catalog; the last word counts")
  func annotates() async throws {
    let outcome = try await TransformBench.run(
      #"""
      { "type": "annotate", "status": "archived" },
      { "type": "annotate", "where": { "version": "==2" }, "status": "deprecated", "reason": "use c" },
      { "type": "annotate", "where": { "project": "C_c" }, "status": "active" }
      """#,
      ["A-1.zip", "a-2.zip", "b-1.zip", "c.c-1.zip"]
    )
    let catalog = outcome.catalog
    let statuses = catalog.projects.map { catalog.status(of: $0) }
    #expect(statuses.map { $0?.marker } == [.deprecated, .archived, nil])
    #expect(statuses[0]?.reason == "use c")
  }
}
