import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// Tells a run in JSON, one object a line, and nothing else.
struct JSONLog: RunLog {
  let isQuiet: Bool

  func stageStarted(kind: String, id: String) {}

  func stageAdvanced(kind: String, id: String, done: Int, total: Int) {}

  func stageFinished(_ stage: Report.Stage) {
    guard !isQuiet else { return }
    write("info", "stage_finished", RunSummary.line(for: stage)) { line in
      line.add("kind", stage.kind)
      line.add("id", stage.id)
      line.add("in", stage.input)
      line.add("out", stage.output)
      line.add("dropped", stage.dropped.values.reduce(0, +))
      line.add("ms", stage.milliseconds)
    }
  }

  func stageSaid(kind: String, id: String, line text: String) {
    guard !isQuiet else { return }
    write("info", "stage_said", text) { line in
      line.add("kind", kind)
      line.add("id", id)
    }
  }

  func show(_ diagnostic: Diagnostic) { Console.error(DiagnosticPrinter.json(of: diagnostic)) }

  func warn(of report: Report, hiding secrets: Secrets) {
    for text in RunSummary.skips(report, hiding: secrets) { write("warning", "skipped", text) }
    for text in RunSummary.warnings(report, hiding: secrets) { write("warning", "warning", text) }
  }

  func tell(_ report: Report, hiding secrets: Secrets, exitStatus: Int32) {
    warn(of: report, hiding: secrets)
    let result = exitStatus == 0 ? RunSummary.result(report) : "failed"
    write("info", "summary", result) { line in
      line.add("exit", Int(exitStatus))
      line.add("warnings", RunSummary.warnings(report, hiding: secrets).count)
      line.add("distributions", report.distributionCount)
      line.add("projects", report.projectCount)
      for sink in report.changes {
        let changes = sink.changes
        line.add("\(sink.id)_added", changes.added.count)
        line.add("\(sink.id)_changed", changes.changed.count)
        line.add("\(sink.id)_removed", changes.removed.count)
      }
    }
  }

  func end(_ verdict: String) { write("error", "end", verdict) }

  func beat() {}

  private func write(
    _ level: String,
    _ event: String,
    _ message: String,
    _ more: (inout LogLine) -> Void = { _ in }
  ) {
    var line = LogLine()
    line.add("v", 1)
    line.add("time", at: Clock.real)
    line.add("level", level)
    line.add("event", event)
    more(&line)
    line.add("msg", message)
    Console.error(line.text)
  }
}

/// One object of the log.
private struct LogLine: ~Copyable {
  private var out = ByteBuffer()

  mutating func add(_ key: String, _ value: String) {
    begin(key)
    out.append(json: value)
  }

  mutating func add(_ key: String, _ value: Int) {
    begin(key)
    out.append(decimal: value)
  }

  mutating func add(_ key: String, at time: Timestamp?) {
    guard let time else { return }
    begin(key)
    out.append("\"")
    out.append(rfc3339: time)
    out.append("\"")
  }

  private mutating func begin(_ key: String) {
    out.append(out.count == 0 ? "{" : ",")
    out.append(json: key)
    out.append(":")
  }

  /// The object as it stands.
  var text: String { String(decoding: out.span) + "}" }
}
