import IndexPipeline
import StrictJSON

/// Checks what a stage says of itself and of its fields, and that reading keeps to it.
struct OptionsSuite {
  private typealias Members = [(key: String, value: JSONText)]

  private let bench: SettingsBench
  private var findings: Findings

  /// Checks a type of stage.
  ///
  /// - Returns: What was found.
  static func check(_ bench: SettingsBench) -> Findings {
    var suite = OptionsSuite(bench)
    suite.run()
    return suite.findings
  }

  private init(_ bench: SettingsBench) {
    self.bench = bench
    findings = Findings(bench.kind, bench.entry.info)
  }

  private var info: StageInfo { bench.entry.info }
  private var fields: [FieldSpec] { bench.entry.fields }

  /// The least that can be read: the type, and what is required.
  private var least: Members {
    let required = fields.filter(\.isRequired).map { ($0.name, Self.example(of: $0)) }
    return [("type", .string(info.type))] + required
  }

  private mutating func run() {
    checkWords()
    checkExample()
    for field in fields {
      if field.isRequired { checkAbsence(of: field) }
      checkExample(of: field)
      checkValues(of: field)
      checkFallback(of: field)
      if field.isSecret { checkSecrecy(of: field) }
    }
  }

  private mutating func checkWords() {
    let (info, fields) = (info, fields)
    let word = Array(info.type.utf8)
    let isWord = word.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D }
    findings.expect(!word.isEmpty && isWord, "its type \"\(info.type)\" is not in kebab-case")
    findings.expect(info.summary.isSentence, "its summary is not a sentence with a full stop")
    for field in fields {
      findings.expect(
        field.doc.isSentence,
        "what it says of \"\(field.name)\" is not a sentence with a full stop"
      )
      findings.expect(
        !field.isRequired || field.example != nil,
        "\"\(field.name)\" is required and has no example"
      )
    }
  }

  private mutating func checkExample() {
    let fields = fields
    guard case .object(let members) = JSONText(parsing: info.example) else {
      findings.add("its example is no JSON object: \(info.example)")
      return
    }
    let shown = members.map { ($0.key, fields.isSecret($0.key) ? JSONText.plain : $0.value) }
    let start = ContinuousClock.now
    let outcome = bench.read(shown)
    findings.expect(
      ContinuousClock.now - start < .seconds(1),
      "making it takes more than a second: it must read its settings only"
    )
    switch outcome {
    case .refused(let failures): findings.add("its example is refused: \(failures.words)")
    case .read(let probe):
      findings.expect(
        probe.asked == fields,
        "what it asks for depends on what is given: of nothing it asks for \(fields.names), of its "
          + "example for \(probe.asked.names)"
      )
    }
    let unknown: Members = members + [("kit-unknown", .literal("1"))]
    expectRefusal(of: unknown, "unknown-field", "a field that it does not have")
  }

  private mutating func checkAbsence(of field: FieldSpec) {
    let members = least.filter { !$0.key.utf8.elementsEqual(field.name.utf8) }
    expectRefusal(of: members, "missing-field", "the absence of \"\(field.name)\"")
  }

  /// The example of a field must suit it, whatever other fields it may exclude.
  private mutating func checkExample(of field: FieldSpec) {
    guard field.example != nil else { return }
    let place = "\(bench.pointer)/\(field.name)"
    guard case .refused(let failures) = read(field.name, Self.example(of: field)) else { return }
    let own = failures.filter { failure in
      let pointer = failure.excerpt?.pointer.utf8
      return pointer.map { $0.elementsEqual(place.utf8) || $0.starts(with: "\(place)/".utf8) }
        ?? false
    }
    findings.expect(own.isEmpty, "the example of \"\(field.name)\" is refused: \(own.words)")
  }

  private mutating func checkValues(of field: FieldSpec) {
    for (value, noun) in field.shape.wrongValues {
      if case .read = read(field.name, value) {
        findings.add("\"\(field.name)\" accepts \(noun): \(value.line)")
      }
    }
  }

  private mutating func checkFallback(of field: FieldSpec) {
    guard let fallback = field.fallback else { return }
    guard case .read(let given) = read(field.name, JSONText(parsing: fallback)) else {
      if case .read = bench.read(least) {
        findings.add("the default of \"\(field.name)\" is refused: \(fallback)")
      }
      return
    }
    guard case .read(let silent) = bench.read(least) else { return }
    findings.expect(
      given.dump == silent.dump,
      "\"\(field.name)\" is not \(fallback) when it is not given"
    )
  }

  private mutating func checkSecrecy(of field: FieldSpec) {
    let secret = "kit-secret-value"
    var shown: [String] = []
    switch read(field.name, .string(secret)) {
    case .read(let probe):
      shown = probe.claims.map(\.place)
      if let source = probe.subject as? any Source { shown.append(source.place) }
    case .refused(let failures):
      shown = failures.flatMap { [$0.message, $0.help ?? ""] + $0.notes }
    }
    let isShown = shown.contains { $0.contains(secret) }
    findings.expect(!isShown, "it shows the value of its secret \"\(field.name)\"")
  }

  private func read(_ name: String, _ value: JSONText) -> SettingsBench.Outcome {
    let rest = least.filter { !$0.key.utf8.elementsEqual(name.utf8) }
    return bench.read(rest + [(name, value)])
  }

  private mutating func expectRefusal(of members: Members, _ code: String, _ what: String) {
    switch bench.read(members) {
    case .read: findings.add("it accepts \(what)")
    case .refused(let failures):
      findings.expect(
        failures.contains { $0.code.utf8.elementsEqual(code.utf8) },
        "it refuses \(what) without the code \(code): \(failures.words)"
      )
    }
  }

  /// The example of a field; of a secret, text that could be one.
  private static func example(of field: FieldSpec) -> JSONText {
    field.isSecret ? .plain : JSONText(parsing: field.example ?? "\"kit\"")
  }
}
