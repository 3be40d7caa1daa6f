import IndexModel
import StrictJSON

@testable import IndexRendering

/// The pages of an index as texts, by path.
struct Pages {
  private(set) var texts: [String: String] = [:]

  /// Renders the whole index of the records in `lines`, JSON objects.
  init(_ lines: [String], _ change: (inout RenderOptions) -> Void = { _ in }) async throws {
    try await self.init(lines, statuses: [:], change)
  }

  init(
    _ lines: [String],
    statuses: [[UInt8]: ProjectStatus],
    _ change: (inout RenderOptions) -> Void = { _ in }
  ) async throws {
    var records = RecordBatch()
    var decoder = RecordDecoder()
    for (number, line) in lines.enumerated() {
      try decoder.decode(line: Array(line.utf8).span, number: number + 1, into: &records)
    }
    let build = await Catalog.build(from: records, statuses: statuses)
    try render(build.catalog, change)
  }

  /// Renders the whole index of plain file names.
  init(
    names: [String],
    _ change: (inout RenderOptions) -> Void = { _ in }
  ) async throws {
    var records = RecordBatch()
    for (number, name) in names.enumerated() {
      try records.append(filename: Array(name.utf8).span, line: number + 1)
    }
    try render(await Catalog.build(from: records).catalog, change)
  }

  private mutating func render(
    _ catalog: Catalog,
    _ change: (inout RenderOptions) -> Void
  ) throws {
    var options = RenderOptions(fileURL: try FileURL(prefix: "../../pool/"))
    options.title = "Index"
    change(&options)
    for page in RenderedTree(catalog, options).pages {
      texts[page.path] = String(decoding: page.content, as: UTF8.self)
    }
  }

  subscript(path: String) -> String { texts[path] ?? "" }
}

extension String {
  /// How often `part` stands in the text.
  func count(of part: String) -> Int {
    let (bytes, part) = (Array(utf8), Array(part.utf8))
    guard bytes.count >= part.count else { return 0 }
    return (0...bytes.count - part.count).count { bytes[$0...].starts(with: part) }
  }
}
