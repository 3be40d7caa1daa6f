import Synchronization

/// Runs tasks on the thread that starts them, so that a fuzzer sees one thread only.
final class InlineExecutor: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    unsafe job.runSynchronously(on: asUnownedTaskExecutor())
  }

  /// The value of work that never has to wait.
  static func value<Value: Sendable>(of work: @Sendable @escaping () async -> Value) -> Value {
    let result = Mutex<Value?>(nil)
    let box = Box(result)
    Task(executorPreference: InlineExecutor()) {
      let value = await work()
      box.result.withLock { $0 = value }
    }
    guard let value = box.result.withLock({ $0 }) else { fatalError("the work had to wait") }
    return value
  }

  private final class Box<Value: Sendable>: Sendable {
    let result: Mutex<Value?>
    init(_ result: consuming Mutex<Value?>) { self.result = result }
  }
}
