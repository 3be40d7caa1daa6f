import IndexPipeline
import Synchronization

/// Tells a run in lines for people: one that is redrawn on a terminal, one a stage elsewhere.
final class TextLog: RunLog {
  private struct State {
    var lastDrawn = ContinuousClock.now
    var isDrawn = false
    var lastSaid = ContinuousClock.now
    var stage = (kind: "", id: "", start: ContinuousClock.now)
  }

  /// How long nothing is said before the log says that the run goes on.
  private static let silence = Duration.seconds(10)

  private let redraws: Bool
  private let saysStages: Bool
  private let isQuiet: Bool
  private let state = Mutex(State())

  init(redraws: Bool, saysStages: Bool = true, isQuiet: Bool = false) {
    self.redraws = redraws && !isQuiet
    self.saysStages = saysStages
    self.isQuiet = isQuiet
  }

  func stageStarted(kind: String, id: String) {
    state.withLock { $0.stage = (kind, id, .now) }
  }

  func stageAdvanced(kind: String, id: String, done: Int, total: Int) {
    guard redraws else { return }
    state.withLock { state in
      guard ContinuousClock.now - state.lastDrawn > .milliseconds(100) else { return }
      state.lastDrawn = .now
      state.isDrawn = true
      let amount = total > 0 ? "\(done.grouped) of \(total.grouped)" : done.grouped
      Console.write("\r\u{1B}[K\(kind.column)\(id.column)\(amount) pages")
    }
  }

  func stageFinished(_ stage: Report.Stage) {
    guard saysStages else { return }
    say(RunSummary.line(for: stage))
  }

  func stageSaid(kind: String, id: String, line: String) {
    guard !isQuiet else { return }
    say("\(id): \(DiagnosticPrinter.printable(Array(line.utf8)[...]))")
  }

  func beat() {
    guard saysStages, !redraws else { return }
    let line = state.withLock { state -> String? in
      guard !state.stage.id.utf8.isEmpty, ContinuousClock.now - state.lastSaid > Self.silence
      else { return nil }
      let seconds = (ContinuousClock.now - state.stage.start).components.seconds
      return "\(state.stage.kind.column)\(state.stage.id.column)still at it (\(seconds) s)"
    }
    if let line { say(line) }
  }

  func show(_ diagnostic: Diagnostic) {
    finish()
    Console.show(diagnostic)
  }

  func warn(of report: Report, hiding secrets: Secrets) {
    sayLeftOut(report, hiding: secrets)
    for line in RunSummary.warnings(report, hiding: secrets) { Console.error(line) }
  }

  func tell(_ report: Report, hiding secrets: Secrets, exitStatus: Int32) {
    guard exitStatus == 0 else { return sayLeftOut(report, hiding: secrets) }
    warn(of: report, hiding: secrets)
    if !isQuiet { Console.error(RunSummary.result(report)) }
  }

  private func sayLeftOut(_ report: Report, hiding secrets: Secrets) {
    finish()
    for line in RunSummary.skips(report, hiding: secrets) { Console.error(line) }
  }

  func end(_ verdict: String) { Console.error(verdict) }

  /// Clears a line that is still drawn.
  private func finish() {
    state.withLock { state in
      if state.isDrawn { Console.write("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }

  private func say(_ line: String) {
    finish()
    state.withLock { $0.lastSaid = .now }
    Console.error(line)
  }
}
