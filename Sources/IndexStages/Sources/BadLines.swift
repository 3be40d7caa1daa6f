import IndexPipeline

/// What a pipeline file says of bad lines.
enum OnBadLine: String, CaseIterable {
  case fail
  case skip

  var policy: BadLinePolicy { self == .fail ? .fail : .skip }
}

extension Settings {
  /// Reads what to do with a line that is no record.
  mutating func badLines() -> BadLinePolicy {
    choice(
      "on_error",
      "Whether a line that is no record fails the run, or is left out and counted.",
      default: OnBadLine.fail
    ).policy
  }

  /// Reads how the lines of a list are written.
  mutating func listFormat() -> ListFormat {
    choice(
      "format",
      "How lines are written: a file name, or a record in JSON; `detect` looks at the first byte.",
      default: .detect
    )
  }
}
