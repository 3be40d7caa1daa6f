import IndexPipeline
import Synchronization

/// The changes that a program has still to be told of, from one run to the next.
struct OwedChanges: Sendable {
  private final class Memory: Sendable {
    /// What was owed before the run; nil if nobody looked yet.
    let earlier = Mutex<[UInt8]?>(nil)
  }

  private let program: Program
  private let memory = Memory()

  init(in program: Program) { self.program = program }

  private var cache: StageCache {
    StageCache(ofPipelineIn: program.folder, program.memory.context(.hook))
  }

  /// What tells the file from those of other pipelines in the folder.
  private var suffix: String {
    let name = program.place.path.utf8.split(separator: UInt8(ascii: "/")).last
    return "\(name.flatMap { String($0) } ?? "pipeline").owed.jsonl"
  }

  /// Begins a run.
  func open() { memory.earlier.withLock { $0 = nil } }

  /// Adds changes that are about to come about.
  func keep(_ changes: ChangeLines) {
    let all = lines(with: changes)
    cache.keep(all.bytes.span, in: suffix)
  }

  /// The changes that were owed before the run, and then these.
  func lines(with changes: ChangeLines) -> ChangeLines {
    let earlier = memory.earlier.withLock { known in
      let earlier = known ?? cache.read(suffix) ?? []
      known = earlier
      return earlier
    }
    return changes.following(earlier)
  }

  /// Ends what is owed.
  func forget() {
    memory.earlier.withLock { $0 = nil }
    cache.remove(suffix)
  }
}
