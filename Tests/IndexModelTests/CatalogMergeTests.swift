import IndexModel
import StrictJSON
import Testing

@Suite("Records that meet in the catalog")
struct CatalogMergeTests {
  /// The file, the line dropped, the line kept, and whether they conflict.
  private func duplicates(_ lines: [String]) async throws -> [String] {
    let build = await Catalog.build(from: try DecodedRecord.decode(lines))
    return build.duplicates.map {
      "\($0.filename) \($0.droppedLine) \($0.keptLine)\($0.isConflict ? " conflict" : "")"
    }
  }

  @Test("Of two lines with one file name the later stays")
  func keepsLaterLine() async throws {
    let batch = try DecodedRecord.decode([
      #"{"filename":"foo-1.zip","summary":"old"}"#, #"{"filename":"bar-1.zip"}"#,
      #"{"filename":"foo-1.zip","summary":"new"}"#,
    ])
    let build = await Catalog.build(from: batch)
    #expect(
      build.catalog.records == """
        {"filename":"bar-1.zip"}
        {"filename":"foo-1.zip","summary":"new"}

        """
    )
    #expect(build.duplicates.map(\.droppedLine) == [1])
    #expect(build.duplicates.map(\.keptLine) == [3])
  }

  @Test(
    "Two lines conflict if a size or a digest by one algorithm differs",
    arguments: [
      ("", "", false), (#","size":1"#, "", false), (#","size":1"#, #","size":1"#, false),
      (#","size":1"#, #","size":2"#, true), (#","hash":"x=00""#, #","hash":"y=01""#, false),
      (#","hash":"x=00""#, #","hash":"x=00""#, false), (#","hash":"x=00""#, "", false),
      (#","hash":"x=00""#, #","hash":"x=01""#, true),
      (#","hashes":{"x":"00","y":"00"}"#, #","hashes":{"x":"00","y":"01"}"#, true),
      (#","summary":"a""#, #","summary":"b""#, false),
    ]
  )
  func findsConflicts(_ first: String, _ second: String, _ isConflict: Bool) async throws {
    let found = try await duplicates([
      #"{"filename":"foo-1.zip"\#(first)}"#, #"{"filename":"foo-1.zip"\#(second)}"#,
    ])
    #expect(found == ["foo-1.zip 1 2\(isConflict ? " conflict" : "")"])
  }

  @Test("Each of many copies is held against the one that stays")
  func comparesAllCopies() async throws {
    let found = try await duplicates([
      #"{"filename":"foo-1.zip","size":1}"#, #"{"filename":"foo-1.zip"}"#,
      #"{"filename":"foo-1.zip","size":2}"#, #"{"filename":"foo-2.zip"}"#,
    ])
    #expect(found == ["foo-1.zip 1 3 conflict", "foo-1.zip 2 3"])
  }

  @Test("Names that differ in a byte are two files")
  func keepsCase() async throws {
    let found = try await duplicates([
      #"{"filename":"foo-1.zip"}"#, #"{"filename":"Foo-1.zip"}"#, #"{"filename":"foo-1.ZIP"}"#,
    ])
    #expect(found.isEmpty)
  }
}
