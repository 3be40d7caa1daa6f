import StrictJSON

/// Reads a file of tests of pipelines.
public enum PipelineTestFile {
  /// Reads the tests of a file.
  ///
  /// - Parameters:
  ///   - bytes: The text of the file.
  ///   - path: Its path, to which the paths of pipelines in it are relative.
  /// - Throws: `PipelineFileFailure` with all mistakes of the file.
  public static func read(
    _ bytes: [UInt8],
    path: String
  ) throws(PipelineFileFailure) -> [PipelineTest] {
    let log = PipelineLog()
    defer { log.forgetTexts() }
    let file = PipelineText(path: path, bytes: bytes, log: log)
    guard let root = PipelineFile.parse(file) else {
      throw PipelineFileFailure(PipelineCheck(path: path, log, isSyntax: true))
    }
    var settings = Settings(owner: "a test file", root, at: JSONPointer(), in: file)
    _ = settings.string("$schema", "The JSON Schema of this file, for editors.")
    settings.ignore("$comment")
    let spec = FieldSpec("tests", "The tests.", .list(.any), isRequired: true)
    let elements = settings.ask(spec)?.elements ?? []
    let pointer = JSONPointer().appending(key: "tests")
    let tests = elements.enumerated().map { index, element in
      test(element, at: pointer.appending(index: index), in: file)
    }
    settings.finish()
    if log.hasErrors { throw PipelineFileFailure(PipelineCheck(path: path, log)) }
    return tests
  }

  private static func test(
    _ value: JSONValue,
    at pointer: JSONPointer,
    in file: PipelineText
  ) -> PipelineTest {
    var settings = Settings(owner: "a test", value, at: pointer, in: file)
    settings.ignore("$comment")
    let name = settings.requiredString("name", "What the test shows.", example: "no debug wheels")
    let pipeline = settings.requiredPath(
      "pipeline",
      "The pipeline file.",
      example: "pipeline.json"
    )
    let environment = settings.texts("env", "Variables that the pipeline sees.")
    let sources = settings.lists("sources", "The records of each source, by its id.")
    let (files, drops, pages) = settings.object("expect", "What should become of them.") {
      settings in
      (
        settings.lists("files", "The exact file names of projects."),
        settings.drops(),
        settings.pages()
      )
    }
    settings.finish()
    return PipelineTest(
      name: name,
      pipeline: pipeline,
      environment: environment,
      line: file.line(of: value.range.lowerBound),
      sources: sources,
      files: files,
      drops: drops,
      pages: pages
    )
  }
}

extension Settings {
  /// Reads an object of texts.
  fileprivate mutating func texts(_ name: String, _ doc: String) -> [String: String] {
    members(of: name, doc).reduce(into: [:]) { texts, member in
      if let string = member.value.string {
        texts[member.key] = string
      } else {
        refuse(
          "wrong-type",
          "\"\(member.key)\" must be text in quotes",
          at: member.value.range,
          name
        )
      }
    }
  }

  /// Reads an object of lists of texts.
  fileprivate mutating func lists(_ name: String, _ doc: String) -> [String: [String]] {
    members(of: name, doc).reduce(into: [:]) { lists, member in
      guard let elements = member.value.elements else {
        refuse("wrong-type", "\"\(member.key)\" must be an array", at: member.value.range, name)
        return
      }
      lists[member.key] = elements.map { element in
        element.string ?? file.text(of: element.range)
      }
    }
  }

  fileprivate mutating func drops() -> [PipelineTest.Drop] {
    items("dropped", "Records that should be left out, and by which stage.") { settings in
      PipelineTest.Drop(
        filename: settings.requiredString("filename", "The file name.", example: "a-1.zip"),
        stage: settings.string("by", "The stage.") ?? ""
      )
    }
  }

  fileprivate mutating func pages() -> [PipelineTest.Page] {
    members(of: "artifacts", "What pages should hold, by their paths.").map { member in
      let place = pointer.appending(key: "artifacts").appending(key: member.key)
      var settings = Settings(owner: "a page", member.value, at: place, in: file)
      let page = PipelineTest.Page(
        path: member.key,
        contains: settings.strings("contains", "Texts that it holds.", takesOne: true),
        lacks: settings.strings("lacks", "Texts that it does not hold.", takesOne: true)
      )
      settings.finish()
      return page
    }
  }

  private mutating func members(of name: String, _ doc: String) -> [JSONMember] {
    let spec = FieldSpec(name, doc, .object([]))
    guard let value = ask(spec) else { return [] }
    if let members = value.members { return members }
    refuseKind(of: spec, value)
    return []
  }

  /// Reads an array of objects.
  private mutating func items<Item>(
    _ name: String,
    _ doc: String,
    _ read: (inout Settings) -> Item
  ) -> [Item] {
    let spec = FieldSpec(name, doc, .list(.any))
    guard let value = ask(spec) else { return [] }
    guard let elements = value.elements else {
      refuseKind(of: spec, value)
      return []
    }
    return elements.enumerated().map { index, element in
      let place = pointer.appending(key: name).appending(index: index)
      var settings = Settings(owner: "an element of \"\(name)\"", element, at: place, in: file)
      let item = read(&settings)
      settings.finish()
      return item
    }
  }
}
