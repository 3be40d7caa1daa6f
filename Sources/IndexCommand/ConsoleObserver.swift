import IndexPipeline
import IndexTransport
import Synchronization

/// Shows a run: one line that is redrawn on a terminal, one line a stage elsewhere.
final class ConsoleObserver: RunObserver {
  private struct State {
    var lastDrawn = ContinuousClock.now
    var isDrawn = false
  }

  private let isTerminal = ProcessSettings.standardErrorIsTerminal
  private let state = Mutex(State())

  func stageAdvanced(kind: String, id: String, done: Int, total: Int) {
    guard isTerminal else { return }
    state.withLock { state in
      guard ContinuousClock.now - state.lastDrawn > .milliseconds(100) else { return }
      state.lastDrawn = .now
      state.isDrawn = true
      let amount = total > 0 ? "\(done.grouped) of \(total.grouped)" : done.grouped
      Console.write("\r\u{1B}[K\(kind.column)\(id.column)\(amount) pages")
    }
  }

  func stageFinished(_ stage: Report.Stage) {
    state.withLock { state in
      if state.isDrawn { Console.write("\r\u{1B}[K") }
      state.isDrawn = false
      Console.error(RunSummary.line(for: stage))
    }
  }

  func stageSaid(kind: String, id: String, line: String) {
    state.withLock { state in
      if state.isDrawn { Console.write("\r\u{1B}[K") }
      state.isDrawn = false
      Console.error("\(id): \(DiagnosticPrinter.printable(Array(line.utf8)[...]))")
    }
  }

  /// Clears a line that is still drawn.
  func finish() {
    state.withLock { state in
      if state.isDrawn { Console.write("\r\u{1B}[K") }
      state.isDrawn = false
    }
  }
}
