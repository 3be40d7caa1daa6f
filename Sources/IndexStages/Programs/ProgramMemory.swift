import IndexPipeline
import Synchronization

/// What a stage that is a program knows of its run.
final class ProgramMemory: Sendable {
  private struct Known {
    var context: StageContext?
    var state: [UInt8]?
    var talk: SinkTalk?
  }

  private let known = Mutex(Known())

  func open(_ context: StageContext) {
    known.withLock { $0 = Known(context: context) }
  }

  /// The run, or one that nobody follows for a stage that is used by itself.
  func context(_ kind: StageKind) -> StageContext {
    known.withLock { $0.context } ?? StageContext(kind, id: "exec")
  }

  /// Keeps the talk with a sink from its inventory to its publication.
  func keep(talk: SinkTalk) { known.withLock { $0.talk = talk } }

  /// Takes the talk with a sink up again, if there is one.
  func takeTalk() -> SinkTalk? { known.withLock { $0.talk.take() } }

  /// Remembers what the program wants to be told next time.
  func keep(state: [UInt8]) { known.withLock { $0.state = state } }

  /// Takes what the program wants to be told next time; nil if it said nothing.
  func takeState() -> [UInt8]? { known.withLock { $0.state.take() } }
}
