import IndexPipeline
import IndexStages
import StrictJSON
import TestSupport
import Testing

@Suite("What is told of the stages that ship")
struct ManualTests {
  private let manual: Manual

  init() throws { manual = Manual(try .standard()) }

  @Test("The pages of Docs/Stages are what the code says")
  func documents() throws {
    let folder = GoldenFolder(repository: "Docs/Stages")
    for page in manual.pages {
      #expect(try folder.difference(page.name, Array(page.text.utf8)) == nil)
    }
    #expect(try folder.names() == manual.pages.map(\.name).sorted())
  }

  @Test("The schema beside the pipelines is what the code says")
  func hasSchema() throws {
    let schema = PipelineSchema(manual.registry).json.file
    let folder = GoldenFolder(repository: "Pipelines")
    #expect(try folder.difference("pipeline.v1.schema.json", schema) == nil)
  }

  @Test("Each pipeline that ships names the schema")
  func namesSchema() throws {
    let folder = GoldenFolder(repository: "Pipelines")
    for name in try folder.names() where name.hasSuffix(".json") {
      if name.hasSuffix("schema.json") || name.hasSuffix(".test.json") { continue }
      if name.split(separator: "/").contains("public") { continue }
      let text = try JSONDocument(parsing: folder.read(name)).root
      guard text["sinks"] != nil else { continue }
      let up = name.utf8.filter { $0 == UInt8(ascii: "/") }.map { _ in "../" }.joined()
      #expect(text["$schema"]?.string == "\(up)pipeline.v1.schema.json", "\(name)")
    }
  }

  @Test("Each field is told of in sentences, with examples that are JSON")
  func describesFields() throws {
    let sections = manual.sections.flatMap(\.fields)
    let own = manual.registry.entries.flatMap { manual.fields(of: $0) }
    for field in sections + own {
      let doc = Array(field.doc.utf8)
      #expect(doc.last == UInt8(ascii: "."), "\(field.name): \(field.doc)")
      #expect(doc.first.map { (0x41...0x5A).contains($0) || $0 == 0x60 } == true, "\(field.name)")
      for text in [field.example, field.fallback].compactMap(\.self) {
        #expect(throws: Never.self, "\(field.name): \(text)") {
          try JSONDocument(parsing: Array(text.utf8))
        }
      }
    }
  }

  @Test("A pipeline file asks for what it needs, and says so")
  func knowsRequiredFields() {
    let required = manual.fields.filter(\.isRequired).map(\.name)
    #expect(required == ["version", "sources", "render", "sinks"])
  }

  @Test("What init writes of any stages is a pipeline file")
  func begins() throws {
    let starter = PipelineStarter(manual.registry)
    let kinds = [StageKind.source, .transform, .sink]
    let all = kinds.map { manual.registry.types(of: $0).joined(separator: ",") }
    for outline in [all.joined(separator: "/"), "file/filesystem", "stdin,file//filesystem"] {
      let text = try starter.pipeline(outline).file
      _ = try PipelineFile.read(text, path: "new.json", registry: manual.registry, now: nil)
    }
    for (outline, code) in [
      ("file", "bad-outline"), ("/filesystem", "bad-outline"), ("file//", "bad-outline"),
      ("a/b/c/d", "bad-outline"), ("flie/filesystem", "unknown-topic"),
    ] {
      let failure = #expect(throws: StageFailure.self) { try starter.pipeline(outline) }
      #expect(failure?.code == code, "\(outline)")
    }
  }

  @Test(
    "Every name that can be described is found, in each form",
    arguments: [
      "", "source", "sinks", "source/file", "source/file.path", "source/file.id", "pipeline",
      "pipeline.sources", "pipeline.render.title", "render", "render.title", "merge.policy",
      "transform", "hook", "after_publish", "hook/exec", "hook/exec.on_error",
    ]
  )
  func finds(_ name: String) throws {
    let topic = try manual.topic(name)
    #expect(!manual.text(of: topic).isEmpty)
    #expect(manual.markdown(of: topic).utf8.first == UInt8(ascii: "#"))
    _ = try JSONDocument(parsing: manual.json(of: topic).file)
  }

  @Test(
    "A name that is nearly one is answered with the one",
    arguments: [
      ("sorce", "source"), ("source/flie", "file"), ("source/jsonl", "file"),
      ("sink/filesystem.durabel", "durable"), ("rendr", "render"), ("render.titel", "title"),
    ]
  )
  func suggests(_ name: String, _ meant: String) throws {
    let failure = #expect(throws: StageFailure.self) { try manual.topic(name) }
    #expect(failure?.message.hasSuffix("did you mean \"\(meant)\"?") == true)
  }
}
