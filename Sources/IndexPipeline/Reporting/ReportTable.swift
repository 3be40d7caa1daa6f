/// A report as Markdown, for the page that a CI job shows.
public enum ReportTable {
  /// The stages in a table, what changed at each sink, and the warnings.
  public static func markdown(of report: Report, named name: String) -> String {
    let title = name.isEmpty ? "larder" : "larder: \(escaped(name))"
    var lines = [
      "### \(title)", "", report.isPublished ? "Published." : "Nothing was published.", "",
      "| stage | in | out | left out | time |", "|---|--:|--:|---|--:|",
    ]
    for stage in report.stages {
      let dropped = stage.dropped.sorted { $0.key < $1.key }
        .map { "\($0.value.grouped) \(escaped($0.key))" }
      lines.append(
        "| \(stage.kind) `\(stage.id)` | \(stage.input.grouped) | \(stage.output.grouped) "
          + "| \(dropped.joined(separator: "; ")) | \(stage.milliseconds.grouped) ms |"
      )
    }
    for sink in report.changes {
      let changes = sink.changes
      lines += [
        "",
        "Sink `\(sink.id)`: \(changes.added.count.grouped) pages added, "
          + "\(changes.changed.count.grouped) changed, \(changes.removed.count.grouped) removed, "
          + "\(changes.unchanged.grouped) unchanged.",
      ]
    }
    for hook in report.hooks {
      let failure = hook.failure.map { "failed: \(escaped($0))" }
      lines += ["", "Hook `\(hook.id)`: \(failure ?? "told of \(hook.changes.of("change"))")."]
    }
    let warnings = report.warnings + report.silentConditions.map(\.message)
    if !warnings.isEmpty { lines += [""] + warnings.map { "- warning: \(escaped($0))" } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text that Markdown shows as it is.
  private static func escaped(_ text: String) -> String {
    let special = Array("\\`*_{}[]<>|#".utf8)
    let bytes = text.utf8.flatMap { byte in
      byte < 0x20 ? [0x20] : special.contains(byte) ? [UInt8(ascii: "\\"), byte] : [byte]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
