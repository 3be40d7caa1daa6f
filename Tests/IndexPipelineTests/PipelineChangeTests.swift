import IndexPipeline
import Testing

@Suite("What the command line changes of a pipeline")
struct PipelineChangeTests {
  static let edits: [(edit: String, text: String, result: String)] = [
    ("/a=1", #"{"a": 2}"#, #"{"a": 1}"#),
    ("/a=x y", #"{"a": 2}"#, #"{"a": "x y"}"#),
    ("/a=\"1\"", #"{"a": 2}"#, #"{"a": "1"}"#),
    ("/a=", #"{"a": 2}"#, #"{"a": ""}"#),
    ("/b/c=true", #"{"a": 2}"#, #"{"b": { "c": true }, "a": 2}"#),
    ("/b=[]", "{}", #"{"b": []}"#),
    ("/a/1/b=0", #"{"a": [1, {"b": 5}]}"#, #"{"a": [1, {"b": 0}]}"#),
    ("/a/1=2", #"{"a": [1]}"#, #"{"a": [1, 2]}"#),
    ("/a/0=2", #"{"a": []}"#, #"{"a": [2]}"#),
    ("/a~1b=u=v", #"{"a/b": 1}"#, #"{"a/b": "u=v"}"#),
    ("/a=1", #"{"a": "#, #"{"a": "#),
  ]

  @Test("A value is put into the text of the file", arguments: edits)
  func putsIn(_ example: (edit: String, text: String, result: String)) throws {
    let edited = try PipelineEdit(example.edit).applied(to: Array(example.text.utf8))
    #expect(String(decoding: edited, as: UTF8.self) == example.result)
  }

  @Test("A place that is none is refused", arguments: ["a=1", "/a", "=1", ""])
  func refusesEdits(_ edit: String) {
    #expect(throws: StageFailure.self) { try PipelineEdit(edit) }
  }

  @Test("A place that the file cannot have is refused", arguments: ["/a/b=1", "/c/2=1", "/c/x=1"])
  func refusesPlaces(_ edit: String) throws {
    let edit = try PipelineEdit(edit)
    #expect(throws: StageFailure.self) {
      try edit.applied(to: Array(#"{"a": 1, "c": [0]}"#.utf8))
    }
  }

  private func pipeline() throws -> Pipeline {
    let text = """
      { "version": 1,
        "sources": [ { "type": "stdin", "transforms": [ { "type": "dedupe", "id": "own" } ] },
                     { "type": "file", "path": "a" }, { "type": "http", "url": "b" } ],
        "merge": { "order": ["http", "file", "stdin"] },
        "transforms": [ { "type": "dedupe" } ], "render": {},
        "sinks": [ { "type": "filesystem", "path": "p" }, { "type": "s3", "bucket": "b" },
                   { "type": "filesystem", "id": "off", "enabled": false, "path": "q" } ] }
      """
    let registry = try Registry.ofMessages()
    return try PipelineFile.read(Array(text.utf8), path: "p.json", registry: registry, now: nil)
  }

  @Test("Stages are left out by their names")
  func restricts() throws {
    var pipeline = try pipeline()
    #expect(pipeline.merge.order == [2, 1, 0])
    try pipeline.restrict(toSinks: ["s3"], skipping: ["own", "file", "off"])
    #expect(pipeline.sources.map(\.id) == ["stdin", "http"])
    #expect(pipeline.sources[0].transforms.isEmpty)
    #expect(pipeline.merge.order == [1, 0])
    #expect(pipeline.transforms.map(\.id) == ["dedupe"])
    #expect(pipeline.sinks.map(\.id) == ["s3"])
    #expect(pipeline.disabled == ["off", "own", "file", "filesystem"])
    #expect(pipeline.allStages.count == 4)
  }

  @Test("A name that nobody has is refused, with a guess")
  func refusesNames() throws {
    var pipeline = try pipeline()
    let failure = try #require(throws: StageFailure.self) {
      try pipeline.restrict(toSinks: ["filesytem"], skipping: [])
    }
    #expect(failure.help == "did you mean \"filesystem\"?")
    #expect(throws: StageFailure.self) { try pipeline.restrict(toSinks: ["off"], skipping: []) }
    #expect(throws: StageFailure.self) { try pipeline.restrict(toSinks: [], skipping: ["x"]) }
  }
}
