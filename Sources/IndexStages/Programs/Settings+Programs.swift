import IndexPipeline
import IndexTransport
import StrictJSON

// The fields of programs.
extension Settings {
  mutating func programLimits(_ level: Program.Level) -> ChildLimits {
    var limits = ChildLimits()
    limits.overall = duration(
      "timeout",
      "The longest time that the program may take; without it, only its silence is limited.",
      example: "120s"
    )
    let startup = duration(
      "startup_timeout",
      "The longest time from the start of the program to its first message; only for `v1`.",
      default: "10s"
    )
    if level == .v1 { limits.startup = startup }
    limits.silence = duration(
      "silence_timeout",
      "The longest time in which the program neither reads nor writes while Larder waits for it.",
      default: "60s"
    )
    limits.stop = duration(
      "stop_grace",
      "The time that the program has to end when all is said, or when it is told to stop.",
      default: "5s"
    )
    limits.lineBytes = object("limits", "How much the program may write.") { settings in
      settings.size("line_bytes", "The longest line of its output.", default: "8MiB")
    }
    return limits
  }

  /// The limits of a program that is only told something: it may be silent while it works.
  mutating func hookLimits() -> ChildLimits {
    var limits = ChildLimits()
    limits.silence = nil
    limits.overall = duration(
      "timeout",
      "The longest time that the program may take.",
      default: "10m"
    )
    limits.stop = duration(
      "stop_grace",
      "The time that the program has to end when it is told to stop, or has closed its output.",
      default: "5s"
    )
    return limits
  }

  mutating func programOptions(_ level: Program.Level) -> String {
    let options = json(
      "options",
      "What the program is told; it checks it itself. Only for `v1`.",
      example: #"{ "allow": ["MIT"] }"#
    )
    guard let options else { return "{}" }
    if level == .jsonl {
      refuse(
        "conflicting-fields",
        "a program that speaks \"jsonl\" is told no options",
        field: "options",
        help: "give them as arguments in \"command\", or let it speak \"v1\""
      )
    }
    return options.compact
  }

  /// Refuses names of variables that no variable can have.
  mutating func checkNames(_ names: [String]) {
    for name in names where name.utf8.isEmpty || name.utf8.contains(UInt8(ascii: "=")) {
      refuse("wrong-value", "\"env\" holds names only, not \"\(name)\"", field: "env")
    }
  }
}
