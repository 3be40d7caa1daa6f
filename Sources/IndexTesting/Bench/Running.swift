import IndexPipeline
import Synchronization

/// What a person reads of an error.
func message(of error: any Error) -> String {
  (error as? StageFailure).map { "\($0.code): \($0.message)" } ?? "\(error)"
}

/// Whether work that is cancelled as soon as it begins comes to an end, by itself or by an error.
func endsPromptly(_ work: @escaping @Sendable () async throws -> Void) async -> Bool {
  let end = WorkEnd()
  let task = Task {
    // What it throws is its own matter: cancelled work may fail or be done already.
    _ = try? await work()
    end.note()
  }
  task.cancel()
  let deadline = ContinuousClock.now + .seconds(5)
  while !end.isReached && ContinuousClock.now < deadline {
    do { try await Task.sleep(for: .milliseconds(10)) } catch { return end.isReached }
  }
  return end.isReached
}

/// Whether a task has ended.
private final class WorkEnd: Sendable {
  private let state = Mutex(false)

  var isReached: Bool { state.withLock(\.self) }

  func note() { state.withLock { $0 = true } }
}
