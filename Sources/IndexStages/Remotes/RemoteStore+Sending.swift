import IndexPipeline

/// A page on its way to one of its keys.
struct RemoteItem: Sendable {
  let page: RemotePage
  let key: [UInt8]
  /// Whether the page has no other key after it.
  let isLast: Bool
}

/// What came of an item that was sent together with others.
enum RemoteAttempt: Sendable {
  case taken
  /// Why it may not be there; of a kind that is transient where nobody knows.
  case failed(StageFailure)
  /// It is to be sent by itself.
  case deferred
  /// Another one failed before it was sent.
  case unsent

  var isTaken: Bool { if case .taken = self { true } else { false } }
}

extension RemoteStore {
  /// Leaves each item to be sent by itself.
  func put(together items: [RemoteItem]) async throws -> [RemoteAttempt] {
    Array(repeating: .deferred, count: items.count)
  }

  /// Sends items, as often as the framework wants to try: together first, and those by themselves
  /// that are not taken so.
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - isUncertain: Whether some may be there already, which are then not sent again.
  ///   - answer: Is called for each that is there, and told whether it was sent.
  /// - Throws: `StageFailure` of one that is not taken; those after it are not sent.
  func send(
    _ items: [RemoteItem],
    isUncertain: Bool,
    _ answer: @escaping @Sendable (RemoteItem, _ isSent: Bool) -> Void
  ) async throws {
    var unsent = items
    while !unsent.isEmpty {
      let attempts =
        isUncertain
        ? Array(repeating: .deferred, count: unsent.count) : try await put(together: unsent)
      var rest: [(item: RemoteItem, failure: StageFailure?)] = []
      var next: [RemoteItem] = []
      for (item, attempt) in zip(unsent, attempts) {
        switch attempt {
        case .taken: answer(item, true)
        case .failed(let failure): rest.append((item, failure))
        case .deferred: rest.append((item, nil))
        case .unsent: next.append(item)
        }
      }
      try await forEach(upTo: rest.count) { [rest] number in
        let (item, failure) = rest[number]
        let isThere = isUncertain ? try await holds(item.page.content, at: item.key) : false
        if !isThere { _ = try await write(item.page, at: item.key, after: failure) }
        answer(item, !isThere)
      }
      unsent = next
    }
  }
}
