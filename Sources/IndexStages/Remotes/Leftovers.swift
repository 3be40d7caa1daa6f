import Synchronization

/// Gathers what several tasks could not remove.
final class Leftovers: Sendable {
  private let found = Mutex<[RemoteLeftover]>([])

  func add(_ leftover: RemoteLeftover) { found.withLock { $0.append(leftover) } }

  /// All, in the order of their keys.
  var all: [RemoteLeftover] {
    found.withLock { $0.sorted { $0.key.lexicographicallyPrecedes($1.key) } }
  }
}
