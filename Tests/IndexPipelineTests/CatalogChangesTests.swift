import IndexModel
import TestSupport
import Testing

@testable import IndexPipeline

@Suite("Changes of a catalog")
struct CatalogChangesTests {
  /// What changed: the projects to render, those whose pages go, and whether names are equal.
  private func changes(
    from before: [String],
    to after: [String]
  ) async throws -> (changed: [String], changedOrGone: [String], namesAreEqual: Bool) {
    let old = await Catalog.build(from: try RecordBatch(lines: before)).catalog
    let new = await Catalog.build(from: try RecordBatch(lines: after)).catalog
    let changes = await CatalogChanges(from: old, to: new)
    #expect(changes.isEmpty == (changes.changed.isEmpty && changes.changedOrGone.isEmpty))
    return (
      changes.changed.map {
        String(decoding: new.text[new.projects[$0].name.bounds], as: UTF8.self)
      },
      changes.changedOrGone.map { String(decoding: $0, as: UTF8.self) }.sorted(),
      changes.namesAreEqual
    )
  }

  private static let lines = [
    #"{"filename":"a-1.zip"}"#, #"{"filename":"b-1.zip","size":1}"#, #"{"filename":"b-2.zip"}"#,
    #"{"filename":"c-1.zip","upload_timestamp":5}"#,
  ]

  @Test("Equal lists in another order have no changes")
  func seesNoChange() async throws {
    let found = try await changes(from: Self.lines, to: Self.lines.reversed())
    #expect(found == ([], [], true))
    #expect(try await changes(from: [], to: []) == ([], [], true))
  }

  @Test("A project changes with any fact of any file")
  func seesChangedFacts() async throws {
    for change in [
      #"{"filename":"b-1.zip","size":2}"#, #"{"filename":"b-1.zip"}"#,
      #"{"filename":"b-1.zip","size":1,"yanked":true}"#,
      #"{"filename":"b-1.zip","size":1,"requires_dist":[]}"#,
      #"{"filename":"b-1.zip","size":1,"gpg_sig":false}"#,
      #"{"filename":"b-1.zip","size":1,"project_urls":{"a":"b"}}"#,
      #"{"filename":"b-1.zip","size":1,"description":"a"}"#,
      #"{"filename":"b-1.zip","size":1,"description_content_type":"text/plain"}"#,
      #"{"filename":"b-1.zip","size":1,"core_metadata":false}"#, #"{"filename":"b-1.tar.gz"}"#,
    ] {
      var after = Self.lines
      after[1] = change
      #expect(try await changes(from: Self.lines, to: after) == (["b"], ["b"], true), "\(change)")
    }
  }

  @Test("A file more or less changes its project alone")
  func seesFiles() async throws {
    let more = Self.lines + [#"{"filename":"C-2.zip"}"#]
    #expect(try await changes(from: Self.lines, to: more) == (["c"], ["c"], true))
    #expect(try await changes(from: more, to: Self.lines) == (["c"], ["c"], true))
  }

  @Test("A new project is rendered, one that is gone loses its pages")
  func seesProjects() async throws {
    let more = Self.lines + [#"{"filename":"aa-1.zip"}"#, #"{"filename":"z-1.zip"}"#]
    #expect(try await changes(from: Self.lines, to: more) == (["aa", "z"], [], false))
    #expect(try await changes(from: more, to: Self.lines) == ([], ["aa", "z"], false))
    let other = [#"{"filename":"d-1.zip"}"#]
    #expect(try await changes(from: Self.lines, to: other) == (["d"], ["a", "b", "c"], false))
  }

  @Test("A project that comes or goes changes those that require it, whose pages link it")
  func seesLinks() async throws {
    let lines = [#"{"filename":"b-1.zip","requires_dist":["A.a>=1; extra == 'x'","e"]}"#]
    let more = lines + [#"{"filename":"a_a-1.zip"}"#]
    #expect(try await changes(from: lines, to: more) == (["a-a", "b"], ["b"], false))
    #expect(try await changes(from: more, to: lines) == (["b"], ["a-a", "b"], false))
  }
}
