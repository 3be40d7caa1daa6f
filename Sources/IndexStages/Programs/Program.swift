import IndexPipeline
import IndexTransport
import StrictJSON

/// A program that a pipeline file names as a stage, and how it is run.
struct Program: Sendable {
  /// How Larder and the program talk.
  enum Level: String, CaseIterable {
    /// Messages with a handshake, numbers and a count.
    case v1
    /// Records only, which any filter understands.
    case jsonl
  }

  /// What sinks speak: only messages can say that pages arrived.
  enum SinkLevel: String, CaseIterable {
    case v1
  }

  let kind: StageKind
  /// What messages call the stage, such as `transform "gate" (exec)`.
  let title: String
  let arguments: [String]
  /// The folder of the pipeline file.
  let folder: String
  let level: Level
  let passedNames: [String]
  let limits: ChildLimits
  /// What the stage is told, as JSON.
  let options: String
  let place: Place
  let optionPlaces: [String: Place]
  let memory = ProgramMemory()

  /// Describes a program that stands in no pipeline file.
  init(_ kind: StageKind, _ arguments: [String], options: String, limits: ChildLimits) {
    self.kind = kind
    title = "the program"
    self.arguments = arguments
    folder = "."
    level = .v1
    passedNames = []
    self.limits = limits
    self.options = options
    place = Place(path: "", line: 0, column: 0, pointer: "")
    optionPlaces = [:]
  }

  /// Reads the fields that every program has.
  init(_ kind: StageKind, from settings: inout Settings) {
    self.kind = kind
    title = settings.title
    arguments = settings.command(
      "command",
      "The program and its arguments; a program with a slash starts at the folder of this file.",
      example: kind == .transform ? ["jq", "-c", "select(.yanked == null)"] : ["plugins/stage.py"]
    )
    folder = settings.folder
    level = Self.level(kind, in: &settings)
    passedNames = settings.strings(
      "env",
      "The names of variables of the environment that the program gets beside the usual ones.",
      example: ["LICENSE_DB_URL"]
    )
    limits = settings.programLimits(level)
    options = settings.programOptions(level)
    place = settings.place(of: "")
    optionPlaces = settings.places(in: "options")
    settings.checkNames(passedNames)
  }

  /// Reads the fields of a program that is only told something.
  init(hook settings: inout Settings) {
    kind = .hook
    title = settings.title
    arguments = settings.command(
      "command",
      "The program and its arguments; a program with a slash starts at the folder of this file.",
      example: ["plugins/purge.py"]
    )
    folder = settings.folder
    level = .jsonl
    passedNames = settings.strings(
      "env",
      "The names of variables of the environment that the program gets beside the usual ones.",
      example: ["CDN_TOKEN"]
    )
    limits = settings.hookLimits()
    options = "{}"
    place = settings.place(of: "")
    optionPlaces = [:]
    settings.checkNames(passedNames)
  }

  private static func level(_ kind: StageKind, in settings: inout Settings) -> Level {
    let doc = "How Larder and the program talk."
    if kind == .sink {
      _ = settings.choice("protocol", doc, default: SinkLevel.v1)
      return .v1
    }
    return settings.choice("protocol", doc, default: Level.v1)
  }

  /// The command as a person would type it.
  var commandLine: String { arguments.map(\.asShellWord).joined(separator: " ") }

  var command: ChildCommand {
    ChildCommand(
      arguments,
      in: folder,
      environment: ChildEnvironment(passing: passedNames, setting: ["LARDER_PROTOCOL": "1"])
    )
  }

  /// Finds the program without starting it.
  func preflight() throws(StageFailure) {
    do throws(StartFailure) {
      _ = try command.findProgram()
    } catch {
      throw failure(toStart: error)
    }
  }

  func failure(toStart failure: StartFailure) -> StageFailure {
    StageFailure(
      .config,
      Diagnostic(
        code: "program-not-started",
        "\(title) \(failure)",
        remarks: [
          .help(
            "give an absolute path, a path from the folder of the pipeline file, or a name in PATH"
          )
        ] + at
      )
    )
  }

  /// Where the stage stands in the pipeline file.
  var at: [Remark] { place.path.utf8.isEmpty ? [] : [Remark("at", "\(place)")] }
}

extension String {
  /// The text in quotes, if a shell would see something else in it than one word.
  fileprivate var asShellWord: String {
    let isPlain =
      !utf8.isEmpty
      && utf8.allSatisfy { byte in
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
          || "-_./=:,+@%".utf8.contains(byte)
      }
    if isPlain { return self }
    let quote = Array("'\\''".utf8)
    let bytes = utf8.flatMap { $0 == UInt8(ascii: "'") ? quote : [$0] }
    return "'\(String(decoding: bytes, as: UTF8.self))'"
  }
}
