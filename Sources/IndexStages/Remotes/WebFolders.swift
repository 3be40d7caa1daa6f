import Synchronization

/// The folders of a server that are known to be there.
///
/// A page is sent first, and folders are made where a server refuses it; from then on, they are made
/// before.
final class WebFolders: Sendable {
  private struct State {
    var isNeeded = false
    var known: Set<[UInt8]> = []
  }

  private let state = Mutex(State())

  /// Makes the folders of a page, if the server is known to want that.
  func make(for key: [UInt8], _ store: WebStore) async throws {
    guard state.withLock(\.isNeeded) else { return }
    for folder in Self.folders(of: key) where !state.withLock({ $0.known.contains(folder) }) {
      try await store.makeFolder(folder)
      state.withLock { _ = $0.known.insert(folder) }
    }
  }

  /// Learns that the server wants folders first.
  func areNeeded() { state.withLock { $0.isNeeded = true } }

  /// The folder of the index, which has an empty name, and those below it on the way to a page.
  private static func folders(of key: [UInt8]) -> [[UInt8]] {
    [[]] + key.indices.filter { key[$0] == UInt8(ascii: "/") && $0 + 1 < key.count }.map {
      Array(key[...$0])
    }
  }
}
