public import IndexPipeline
import IndexTransport
import StrictJSON

/// Checks step by step whether a program keeps to the protocol `v1`.
public struct ProgramVerifier: Sendable {
  /// One thing that was checked.
  public struct Step: Sendable {
    /// What was checked.
    public let name: String
    /// What was seen.
    public let finding: String
    /// What is wrong, if something is.
    public let failure: Diagnostic?

    /// Whether nothing is wrong.
    public var isPassed: Bool { failure == nil }
  }

  static var limits: ChildLimits {
    var limits = ChildLimits()
    limits.startup = .seconds(10)
    limits.silence = .seconds(20)
    return limits
  }

  private let command: [String]
  private let options: String
  private let kind: StageKind?

  /// Prepares the checks.
  ///
  /// - Parameters:
  ///   - command: The program and its arguments.
  ///   - options: The options that it is told, as JSON.
  ///   - kind: What it plugs in as, if it does not say so itself.
  public init(_ command: [String], options: String = "{}", kind: StageKind? = nil) {
    self.command = command
    self.options = options
    self.kind = kind
  }

  /// What is wrong with a text that should be the options of a program; nil if nothing is.
  public static func problem(ofOptions text: String) -> String? {
    do throws(JSONError) {
      let root = try JSONDocument(parsing: Array(text.utf8)).root
      return root.members == nil ? "no object" : nil
    } catch {
      return error.message
    }
  }

  /// Checks everything; after a step that fails, only what does not need it is checked.
  ///
  /// - Parameter report: Called with each step when it is done.
  /// - Returns: Whether all steps passed.
  public func run(_ report: (Step) -> Void) async -> Bool {
    var isPassed = true
    func check(_ name: String, _ body: () async throws -> String) async -> Bool {
      let step: Step
      do {
        step = Step(name: name, finding: try await body(), failure: nil)
      } catch let failure as StageFailure {
        step = Step(name: name, finding: failure.message, failure: failure.diagnostic)
      } catch {
        let diagnostic = Diagnostic(code: "interrupted", "\(error)")
        step = Step(name: name, finding: diagnostic.message, failure: diagnostic)
      }
      report(step)
      isPassed = isPassed && step.isPassed
      return step.isPassed
    }
    var found = kind
    let isKnown = await check("handshake") {
      let described = try await ProgramDescription.ask(command)
      found = found ?? described.kind
      return "\(described.name) \(described.version), \(found?.rawValue ?? "of no known kind")"
    }
    guard isKnown, let found else { return false }
    let talk = VerifierTalk(command: command, options: options, kind: found)
    var first: [String] = []
    let answers = await check("answers") {
      first = try await talk.answers()
      return "\(first.count.of("answer")), and `done` with their number"
    }
    // What it does not answer once, it need not be asked again.
    if answers {
      _ = await check("again") {
        let second = try await talk.answers()
        guard second == first else { throw talk.difference("a second run answers otherwise") }
        return "the same answers to the same input"
      }
      _ = await check("unknown fields") {
        let others = try await talk.answers(withUnknownFields: true)
        guard others == first else {
          throw talk.difference("unknown fields change the answers, and must be ignored")
        }
        return "ignored"
      }
    }
    _ = await check("nothing to do") {
      try await talk.checkEmpty()
      return "an empty input is answered too"
    }
    _ = await check("end of input") {
      try await talk.checkEarlyEnd()
      return "ends when its input ends before all is said"
    }
    _ = await check("SIGTERM") {
      try await talk.checkStop()
      return "ends within \(Self.limits.stop)"
    }
    return isPassed
  }
}
