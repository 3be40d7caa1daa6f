import IndexPipeline
import IndexRendering
import StrictJSON
import TestSupport
import Testing

@Suite("Folders of templates")
struct TemplateFolderTests {
  private static let golden = GoldenFolder("templates")
  private static let pipeline = """
    {
      "version": 1,
      "sources": [{ "type": "stdin" }],
      "render": { "templates": "design" },
      "sinks": [{ "type": "filesystem", "path": "public" }]
    }
    """

  /// What is said of a folder that holds these files.
  private func check(_ files: [String: [UInt8]]?) throws -> PipelineCheck {
    var surroundings = Surroundings.of([:])
    surroundings.names = { folder in
      guard folder == "conf/design" else { return .unknown }
      return files.map { .value(Array($0.keys)) } ?? .missing("no such folder")
    }
    surroundings.template = { _, name in
      files?[name].map { $0.isEmpty ? .missing("it leads out of the folder") : .value($0) }
        ?? .missing("no such file")
    }
    return PipelineFile.check(
      Array(Self.pipeline.utf8),
      path: "conf/pipeline.json",
      registry: try .ofMessages(),
      surroundings: surroundings
    )
  }

  static let mistakes: KeyValuePairs<String, [String: [UInt8]]?> = [
    "no-folder": nil,
    "unknown-files": [
      "projekt.html": [0x20], "logo.png": [0x20], "README.md": [0xFF], ".hidden": [],
      "page.html~": [],
    ],
    "far-too-many": Dictionary(uniqueKeysWithValues: (1...11).map { ("file\($0)", [0x20]) }),
    "unreadable": ["page.html": []],
    "placeholders": [
      "page.html": Array("<main>\n  {{ contents }} and {{ nothing like it }}\n</main>\n".utf8),
      "project.html": Array("é {{ title }} {{ tittle\n}} {{ search }}\n".utf8),
    ],
    "not-text": [
      "style.css": Array("a { }\nb { content: \"".utf8) + [0xFF], "home.html": [0xEF, 0xBB, 0xBF],
    ],
  ]

  @Test("A mistake is said in the very words of its golden file", arguments: mistakes.map(\.key))
  func explainsMistakes(_ name: String) throws {
    let files = try #require(Self.mistakes.first { $0.key == name }).value
    let check = try check(files)
    #expect(check.pipeline == nil)
    let printed = check.errors.map { DiagnosticPrinter.text(of: $0) + "\n" }
    let text = Array(printed.joined(separator: "\n").utf8)
    #expect(try Self.golden.difference("\(name).txt", text) == nil)
  }

  @Test("Every golden file belongs to a mistake")
  func hasNoOtherFiles() throws {
    #expect(try Self.golden.names() == Self.mistakes.map { "\($0.key).txt" }.sorted())
  }

  @Test("Files that are right make a layout, and those that are ignored change nothing")
  func readsFiles() throws {
    let notes: [String: [UInt8]] = [
      "README": [0xFF], ".page.html.swp": [0xFF], "home.html~": [0xFF],
    ]
    let one = try #require(try check(["project.html": Array("{{ name }}".utf8)]).pipeline)
    let none = try #require(try check(notes).pipeline)
    #expect(fingerprint(of: one.render) != fingerprint(of: RenderOptions()))
    #expect(fingerprint(of: none.render) == fingerprint(of: RenderOptions()))
  }

  @Test("Larder's own files have the fingerprint of Larder's layout")
  func knowsItsOwn() throws {
    let own = Dictionary(
      uniqueKeysWithValues: LayoutFile.allCases.map { ($0.rawValue, $0.builtIn) }
    )
    let pipeline = try #require(try check(own).pipeline)
    #expect(fingerprint(of: pipeline.render) == fingerprint(of: RenderOptions()))
  }

  private func fingerprint(of options: RenderOptions) -> [UInt8] {
    var buffer = ByteBuffer()
    options.appendFingerprint(to: &buffer)
    return Array(buffer.span)
  }
}
