import IndexPipeline
import StrictJSON

/// What a program keeps from one run to the next.
struct ProgramCache {
  private static var suffix: String { "state.json" }

  private let cache: StageCache

  init(_ program: Program, _ context: StageContext) {
    cache = StageCache(ofPipelineIn: program.folder, context)
    cache.makeFolder()
  }

  /// The folder of the pipeline file, as an absolute path.
  var pipelineFolder: String { cache.pipelineFolder }

  /// A folder of the stage's own; nil where there is no place for one.
  var folder: String? { cache.folder }

  /// What the program wanted to be told, as JSON; nil if there is nothing, or nothing readable.
  func state() -> String? {
    guard let bytes = cache.read(Self.suffix) else { return nil }
    do throws(JSONError) {
      return try JSONDocument(parsing: bytes).root.compact
    } catch {
      cache.refuse(Self.suffix, "\(error)")
      return nil
    }
  }

  /// Keeps what the program wants to be told next time.
  func keep(_ state: [UInt8]) { cache.keep(state.span, in: Self.suffix) }
}

extension Program {
  /// Ends a run: what the program wants to remember is kept if all went well.
  func close(isSuccess: Bool) {
    guard let state = memory.takeState(), isSuccess else { return }
    ProgramCache(self, memory.context(kind)).keep(state)
  }
}
