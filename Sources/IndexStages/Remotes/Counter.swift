import Synchronization

/// Hands out numbers, each once.
final class Counter: Sendable {
  private let count = Atomic(0)

  /// The next number.
  func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }

  /// The next number, or nil if it is not below a limit.
  func take(below limit: Int) -> Int? {
    let number = next()
    return number < limit ? number : nil
  }
}
