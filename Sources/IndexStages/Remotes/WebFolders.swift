/// The folders of a server that are known to be there.
///
/// A page is sent first, and folders are made where a server refuses it; from then on, they are made
/// before. Each is asked for once: Apache says 403 to one of two requests that come together.
actor WebFolders {
  /// Whether the server is known to want folders before pages.
  private(set) var isNeeded = false
  private var made: [[UInt8]: Task<Void, any Error>] = [:]
  /// Those in which the server has taken a page.
  private var known: Set<[UInt8]> = []

  /// Makes the folders of a page, if the server is known to want that.
  func make(for key: [UInt8], _ store: WebStore) async throws {
    if isNeeded { try await makeAll(for: key, store) }
  }

  /// Notes that the server refused a page for its folder, but none of these.
  func expect(besides keys: [[UInt8]]) {
    isNeeded = true
    note(keys)
  }

  /// Notes that the server has taken pages: their folders are there.
  func note(_ keys: [[UInt8]]) {
    for key in keys { known.formUnion(Self.folders(of: key)) }
  }

  /// Makes the folders of a page, and from now on those of all others.
  func makeFirst(for key: [UInt8], _ store: WebStore) async throws {
    isNeeded = true
    try await makeAll(for: key, store)
  }

  private func makeAll(for key: [UInt8], _ store: WebStore) async throws {
    for folder in Self.folders(of: key) where !known.contains(folder) {
      let task = made[folder] ?? Task { try await store.makeFolder(folder) }
      made[folder] = task
      do {
        try await task.value
      } catch {
        made[folder] = nil
        throw error
      }
    }
  }

  /// The folder of the index, which has an empty name, and those below it on the way to a page.
  private static func folders(of key: [UInt8]) -> [[UInt8]] {
    let slashes = key.indices.filter { key[$0] == UInt8(ascii: "/") && $0 + 1 < key.count }
    return [[]] + slashes.map { Array(key[...$0]) }
  }
}
