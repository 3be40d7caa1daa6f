import Synchronization

/// Hands out numbers, each once.
final class Counter: Sendable {
  private let next = Atomic(0)

  /// The next number, or nil if it is not below a limit.
  func take(below limit: Int) -> Int? {
    let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return number < limit ? number : nil
  }
}
