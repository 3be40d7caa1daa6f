import IndexPipeline
import Testing

@Suite("Secrets")
struct SecretTests {
  private func check(_ fields: String, _ surroundings: Surroundings = .of([:])) throws
    -> PipelineCheck
  {
    let text = """
      { "version": 1, "sources": [{ "type": "stdin" }], "render": {}, "sinks": [
        { "type": "s3", "bucket": "b", \(fields) }
      ] }
      """
    return PipelineFile.check(
      Array(text.utf8),
      path: "p.json",
      registry: try .ofMessages(),
      surroundings: surroundings
    )
  }

  @Test("A secret that is written out is warned of, and shown nowhere")
  func warnsOfLiterals() throws {
    let check = try check(#""secret_access_key": "hunter2", "acess_key_id": "x", "prefix": 5"#)
    #expect(check.warnings.map(\.code) == ["literal-secret"])
    #expect(check.errors.map(\.code) == ["unknown-field", "wrong-type"])
    #expect(
      DiagnosticPrinter.text(of: check.warnings[0])
        == """
        warning[literal-secret]: "secret_access_key" is a secret that is written out in the file
          --> p.json:2:55 at /sinks/0/secret_access_key
           |
         2 |   { "type": "s3", "bucket": "b", "secret_access_key": ***, "acess_key_id": "x", "prefix": 5 }
           |                                                       ^^^ write "${env:SECRET_ACCESS_KEY}" or "${file:PATH}"
           |
           = note: whoever reads the file or its history knows the secret: make a new one
        """
    )
    for diagnostic in check.diagnostics {
      #expect(!DiagnosticPrinter.text(of: diagnostic).utf8.contains("hunter2".utf8))
      #expect(!DiagnosticPrinter.json(of: diagnostic).utf8.contains("hunter2".utf8))
    }
    // The column is that of the file, whatever is shown of the line.
    #expect(check.errors[0].excerpt?.column == 66)
    #expect(!EffectiveConfiguration(check).json.utf8.contains("hunter2".utf8))
  }

  @Test("A secret of another type is not shown either")
  func hidesOtherTypes() throws {
    let check = try check(#""secret_access_key": 123456"#)
    #expect(check.errors.map(\.code) == ["wrong-type"])
    #expect(!DiagnosticPrinter.text(of: check.errors[0]).utf8.contains("123456".utf8))
  }

  @Test("What came out of a placeholder is masked in all that is printed")
  func masksValues() throws {
    let check = try check(
      #""secret_access_key": "key ${env:KEY}", "access_key_id": "${file:id}""#,
      .of(["KEY": "tops3cret"], files: ["id": "AKIA\nsecond line\n"])
    )
    let pipeline = try #require(check.pipeline)
    let sink = try #require(pipeline.sinks.first?.sink as? StoreSinkStub)
    #expect(sink.secrets == ["AKIA\nsecond line", "key tops3cret"])
    let text = pipeline.secrets.masking("tops3cret; key tops3cret; AKIA; second line; AKI")
    #expect(text == "${env:KEY}; key ${env:KEY}; ${file:id}; ${file:id}; AKI")
    let failure = StageFailure(
      .unavailable,
      code: "denied",
      "tops3cret was refused",
      notes: ["as tops3cret"],
      help: "change tops3cret"
    )
    let masked = pipeline.secrets.masking(failure)
    #expect(masked.message == "${env:KEY} was refused")
    #expect(masked.notes == ["as ${env:KEY}"] && masked.help == "change ${env:KEY}")
    let shown = EffectiveConfiguration(check)
    #expect(shown.json.utf8.contains(#""secret_access_key": "key ${env:KEY}""#.utf8))
    #expect(!shown.json.utf8.contains("tops3cret".utf8))
    #expect(!shown.origins.contains { $0.utf8.contains("tops3cret".utf8) })
  }

  @Test(
    "User names and passwords in URLs are masked",
    arguments: [
      ("https://me:pw@host/x", "https://***@host/x"), ("https://host/a@b", "https://host/a@b"),
      ("a@b", "a@b"), ("see http://u@h, ftp://a:b@c@d/", "see http://***@h, ftp://***@d/"),
      ("://@", "://***@"), ("https://host?to=me@host", "https://host?to=me@host"),
    ]
  )
  func masksUserInfo(_ text: String, _ expected: String) {
    #expect(Secrets().masking(text) == expected)
  }
}

extension String.UTF8View {
  fileprivate func contains(_ part: String.UTF8View) -> Bool {
    !Array(self).ranges(of: Array(part)).isEmpty
  }
}
