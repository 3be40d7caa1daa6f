import IndexPipeline

/// Tells a run to whoever waits for it, on standard error.
protocol RunLog: RunObserver {
  /// Says what is wrong, or should be known.
  func show(_ diagnostic: Diagnostic)

  /// Says what was left out, and what else a person should know.
  ///
  /// - Parameters:
  ///   - report: What the run did, or would do.
  ///   - secrets: What must not be shown.
  func warn(of report: Report, hiding secrets: Secrets)

  /// Says what was left out, and what the run came to.
  ///
  /// - Parameters:
  ///   - report: What the run did.
  ///   - secrets: What must not be shown.
  ///   - exitStatus: What the process ends with.
  func tell(_ report: Report, hiding secrets: Secrets, exitStatus: Int32)

  /// Says in one line how a verb ended that failed.
  func end(_ verdict: String)

  /// Says that the run goes on, if nothing was said for a while.
  func beat()
}

extension RunLog {
  /// Does the work while the log says from time to time that it goes on.
  func whileBeating<Result>(_ work: () async throws -> Result) async rethrows -> Result {
    let heart = Task {
      while !Task.isCancelled {
        do { try await Task.sleep(for: .seconds(1)) } catch { return }
        beat()
      }
    }
    defer { heart.cancel() }
    return try await work()
  }
}
