import IndexPipeline
import Testing

@Suite("filter")
struct FilterTests {
  @Test("What meets drop goes, and what does not meet keep; each with its place")
  func filters() async throws {
    let outcome = try await TransformBench.run(
      #"""
          { "type": "filter", "id": "mine",
            "keep": { "project": ["a", "b"] },
            "drop": { "kind": "egg" } }
      """#,
      ["a-1.0.egg", "a-1.0.zip", "b-1.0.zip", "c-1.0.zip", "c-1.0.egg"]
    )
    #expect(outcome.filenames == ["a-1.0.zip", "b-1.0.zip"])
    #expect(
      outcome.drops.sorted() == [
        #"a-1.0.egg mine: matches "kind": "egg" (pipeline.json:7)"#,
        #"c-1.0.egg mine: matches "kind": "egg" (pipeline.json:7)"#,
        #"c-1.0.zip mine: does not match "keep" (pipeline.json:6)"#,
      ]
    )
    #expect(outcome.report.silentConditions.isEmpty)
  }

  @Test("A cooldown leaves out what is new, and what may be")
  func coolsDown() async throws {
    let outcome = try await TransformBench.run(
      #"{ "type": "filter", "drop": { "uploaded_after": "7d" } }"#,
      [
        #"{"filename":"a-1.zip","upload_timestamp":1699395200}"#,
        #"{"filename":"a-2.zip","upload_timestamp":1699395199}"#, "a-3.zip",
      ]
    )
    #expect(outcome.filenames == ["a-2.zip"])
  }

  @Test("What the transform must not see passes")
  func sparesOthers() async throws {
    let outcome = try await TransformBench.run(
      #"{ "type": "filter", "where": { "project": "a" }, "drop": { "version": "<2" } }"#,
      ["a-1.zip", "a-2.zip", "b-1.zip"]
    )
    #expect(outcome.filenames == ["a-2.zip", "b-1.zip"])
  }

  @Test("A condition that nothing met is told with its stage and line")
  func tellsSilence() async throws {
    let outcome = try await TransformBench.run(
      #"""
          { "type": "filter", "id": "no-debug",
            "drop": { "any": [ { "filename": "*+debug*" }, { "filename": "*.egg" } ] } },
          { "type": "filter", "enabled": false, "drop": { "filename": "never" } },
          { "type": "sort", "where": { "source": "memory", "yanked": true } }
      """#,
      ["a-1+debug.zip"]
    )
    #expect(
      outcome.report.silentConditions.map(\.message) == [
        #"transform "no-debug": "*.egg" matched nothing in this run (pipeline.json:6)"#,
        #"transform "sort": "memory" matched nothing in this run (pipeline.json:8)"#,
        #"transform "sort": true matched nothing in this run (pipeline.json:8)"#,
      ]
    )
  }
}
