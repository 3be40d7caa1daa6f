import IndexPipeline
import IndexTransport
import Synchronization

/// Makes the shards of an archive on all cores, and hands them to the output in their order.
final class ArchivePublisher<Framing: ArchiveFraming>: Sendable {
  private let framing: Framing
  private let options: ArchiveOptions
  private let nextShard = Atomic(0)
  private let state: Mutex<ArchiveProgress>

  init(_ framing: Framing, _ options: ArchiveOptions, to output: consuming ArchiveOutput) {
    (self.framing, self.options) = (framing, options)
    state = Mutex(ArchiveProgress(output: output))
  }

  /// Makes the whole archive.
  ///
  /// - Returns: Whether it is another one than the present one.
  /// - Throws: `IOFailure`, `LibraryFailure`, or `CancellationError`.
  func make() async throws -> Bool {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(coreCount, max(1, framing.shardCount)) {
        group.addTask { [self] in try makeShards() }
      }
      try await group.waitForAll()
    }
    return try state.withLock { state in
      let ending = framing.ending(state.members, at: state.size)
      try state.output.append(ending.span)
      return try state.output.finish()
    }
  }

  private func makeShards() throws {
    var tool = try ArchiveTool(options)
    while true {
      let number = nextShard.wrappingAdd(1, ordering: .relaxed).oldValue
      guard number < framing.shardCount else { return }
      try Task.checkCancellation()
      let shard = try framing.shard(number, with: &tool)
      try state.withLock { state in
        state.waiting[number] = shard
        try state.flush()
      }
    }
  }
}

/// How far an archive has come.
private struct ArchiveProgress: ~Copyable {
  var output: ArchiveOutput
  /// Shards that are finished before those in front of them.
  var waiting: [Int: ArchiveShard] = [:]
  var next = 0
  var size = 0
  var members: [ZipMemberEntry] = []

  /// Writes the shards that are next.
  mutating func flush() throws(IOFailure) {
    while let shard = waiting.removeValue(forKey: next) {
      try output.append(shard.bytes.span)
      for var member in shard.members {
        member.offset += size
        members.append(member)
      }
      size += shard.bytes.count
      next += 1
    }
  }
}
