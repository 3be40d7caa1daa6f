import IndexPipeline
import Synchronization

/// What a source that reads a folder knows of its run.
final class FolderMemory: Sendable {
  private let known = Mutex<StageContext?>(nil)

  func open(_ context: StageContext) { known.withLock { $0 = context } }

  /// The run; nil for a source that is used by itself.
  var context: StageContext? { known.withLock { $0 } }
}
