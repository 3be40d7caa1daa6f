import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

/// Takes pages from several tasks and keeps them until all are there: in memory, and what is more
/// than may be there in a file without a name.
final class PageGathering: Sendable {
  /// A page, or a part of one, in the order in which they came.
  struct Entry: Sendable {
    /// The place of its path in ``State/paths``.
    let path: Range<Int>
    /// The block that its bytes are in, and where in it they begin.
    let block: Int
    let start: Int
    let count: Int
  }

  /// The bytes of one batch.
  enum Block: Sendable {
    case memory([UInt8])
    /// Their offset in the file.
    case file(Int)
  }

  struct State: Sendable {
    var entries: [Entry] = []
    var paths: [UInt8] = []
    var blocks: [Block] = []
    /// The file, made when it is first needed, and how long it is.
    var file: UnnamedFile?
    var fileSize = 0
    fileprivate var memory = 0
  }

  private let state = Mutex(State())
  private let memoryLimit: Int
  private let folder: String

  /// - Parameters:
  ///   - memoryLimit: The most bytes of pages that are kept in memory.
  ///   - folder: The folder in which there is room for the others.
  init(memoryLimit: Int, folder: String) {
    (self.memoryLimit, self.folder) = (memoryLimit, folder)
  }

  /// Takes pages, and parts that follow those that came before.
  ///
  /// - Throws: `IOFailure` when the file cannot be written.
  func add(_ batch: borrowing PageBatch) throws(IOFailure) {
    let count = batch.content.count
    let file = try state.withLock { (state) throws(IOFailure) -> (UnnamedFile, Int)? in
      guard state.memory + count > memoryLimit else {
        state.memory += count
        return nil
      }
      let file = if let file = state.file { file } else { try UnnamedFile(in: folder) }
      state.file = file
      defer { state.fileSize += count }
      return (file, state.fileSize)
    }
    let block: Block
    if let (file, offset) = file {
      try file.output.write(batch.content.span, at: offset)
      block = .file(offset)
    } else {
      var bytes: [UInt8] = []
      bytes.append(contentsOf: batch.content.span)
      block = .memory(bytes)
    }
    state.withLock { $0.add(batch, block) }
  }

  /// The paths of the pages so far.
  var paths: Set<[UInt8]> {
    state.withLock { state in Set(state.entries.map { Array(state.paths[$0.path]) }) }
  }

  /// What came, once all tasks have ended; the gathering is empty then.
  func take() -> State {
    state.withLock { state in
      let taken = state
      state = State()
      return taken
    }
  }
}

extension PageGathering.State {
  fileprivate mutating func add(_ batch: borrowing PageBatch, _ block: PageGathering.Block) {
    let pathStart = paths.count
    paths.append(contentsOf: batch.paths.span)
    for page in batch.pages {
      let path = page.path.lowerBound + pathStart..<page.path.upperBound + pathStart
      entries.append(
        PageGathering.Entry(
          path: path,
          block: blocks.count,
          start: page.content.lowerBound,
          count: page.content.count
        )
      )
    }
    blocks.append(block)
  }
}
