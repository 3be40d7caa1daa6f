import IndexPipeline
import Testing

@Suite("dedupe and sort")
struct DedupeTests {
  private static let copies = [
    #"{"filename":"a-1.zip","upload_timestamp":2000,"size":1}"#,
    #"{"filename":"a-1.zip","upload_timestamp":3000,"size":2}"#,
    #"{"filename":"a-1.zip","upload_timestamp":1000,"size":3}"#,
  ]

  @Test(
    "Of different bytes under one name, the preferred stay",
    arguments: [("newest", 2), ("oldest", 3), ("first", 1)]
  )
  func prefers(_ preference: String, _ size: Int) async throws {
    let outcome = try await TransformBench.run(
      #"{ "type": "dedupe", "prefer": "\#(preference)" }"#,
      Self.copies
    )
    #expect(outcome.records.count == 1 && outcome.records[0].contains("\"size\":\(size)"))
    #expect(outcome.drops.count == 2)
  }

  @Test("Without a preference, different bytes under one name fail the run")
  func refusesConflicts() async throws {
    let failure = await #expect(throws: StageFailure.self) {
      try await TransformBench.run(#"{ "type": "dedupe" }"#, Self.copies)
    }
    #expect(failure?.kind == .data && failure?.code == "conflicting-duplicate")
  }

  @Test("Records of the same bytes need no preference: the first stays")
  func keepsFirst() async throws {
    let outcome = try await TransformBench.run(
      #"{ "type": "dedupe" }"#,
      [#"{"filename":"a-1.zip","size":1}"#, #"{"filename":"a-1.zip","summary":"s"}"#]
    )
    #expect(outcome.records == [#"{"filename":"a-1.zip","size":1}"#])
  }

  @Test("By identity, spelling and archive format do not matter; tags do")
  func findsIdentity() async throws {
    let outcome = try await TransformBench.run(
      #"{ "type": "dedupe", "by": "identity" }"#,
      [
        "Foo_bar-1.0.zip", "foo-bar-1.0.0.tar.gz", "foo_bar-1.0-py3-none-any.whl",
        "FOO.bar-1.0-PY3-none-any.whl", "foo_bar-1.0-1-py3-none-any.whl",
        "foo_bar-1.0-py2-none-any.whl",
      ]
    )
    #expect(
      outcome.filenames == [
        "foo_bar-1.0-1-py3-none-any.whl", "foo_bar-1.0-py2-none-any.whl",
        "foo_bar-1.0-py3-none-any.whl", "Foo_bar-1.0.zip",
      ]
    )
  }

  @Test("An order decides which record is the first")
  func sorts() async throws {
    for (key, size) in [("size", 1), ("-size", 3), ("upload_time", 3), ("-upload_time", 2)] {
      let outcome = try await TransformBench.run(
        #"{ "type": "sort", "by": ["\#(key)"] }, { "type": "dedupe", "prefer": "first" }"#,
        Self.copies.reversed()
      )
      #expect(outcome.records[0].contains("\"size\":\(size)"), "\(key)")
    }
  }

  @Test("Records that a sort does not see stay")
  func sparesOthers() async throws {
    let outcome = try await TransformBench.run(
      #"{ "type": "sort", "where": { "project": "b" }, "by": ["-version"] }"#,
      ["b-1.zip", "a-1.zip", "b-2.zip", "c-1.zip"]
    )
    #expect(outcome.filenames == ["a-1.zip", "b-1.zip", "b-2.zip", "c-1.zip"])
  }
}
