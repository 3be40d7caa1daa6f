import IndexPipeline
import IndexTransport

/// Reads many files, some at a time.
struct EnrichRun {
  private let transform: EnrichTransform
  private let context: StageContext
  private let fetcher: FileFetcher
  /// Where whole files are kept while they are read.
  private let folder: String

  init(_ transform: EnrichTransform, _ context: StageContext) throws(StageFailure) {
    self.transform = transform
    self.context = context
    fetcher = try FileFetcher(transform, context)
    // Files may be large, and what is in `/tmp` is often in memory.
    folder = ProcessSettings.roomyTemporaryFolder
  }

  /// Finds out what is missing of files.
  ///
  /// - Returns: What came of each, by the index of its record.
  /// - Throws: `StageFailure` of one that cannot be read; what was found out till then is kept.
  func read(_ files: [RemoteFile]) async throws -> [Int: FileVisit.Outcome] {
    let cache = transform.usesCache ? StageCache(ofPipelineIn: transform.folder, context) : nil
    var store = FactsStore(in: cache)
    var outcomes: [Int: FileVisit.Outcome] = [:]
    do {
      try await read(files, &store) { outcomes[$0] = $1 }
      try store.keep(isComplete: true)
    } catch {
      do throws(LibraryFailure) {
        try store.keep(isComplete: false)
      } catch {
        context.log("what was found out is not kept: \(error.reason)")
      }
      throw error
    }
    let known = files.count { $0.isKnown(in: store, outcomes[$0.index]) }
    context.log(
      "\(files.count.of("file")), \(known.grouped) of them known; \(fetcher.byteCount.grouped) bytes read"
    )
    return outcomes
  }

  private func read(
    _ files: [RemoteFile],
    _ store: inout FactsStore,
    _ take: (Int, FileVisit.Outcome) -> Void
  ) async throws {
    let known = store
    var filled = store
    defer { store = filled }
    try await withThrowingTaskGroup(of: (Int, FileVisit.Outcome).self) { group in
      var next = 0
      func startNext() {
        guard next < files.count else { return }
        let (number, file) = (next, files[next])
        next += 1
        let visit = FileVisit(
          file: file,
          options: transform.options,
          fetcher: fetcher,
          folder: folder
        )
        group.addTask { (number, try await visit.read(known[file.url])) }
      }
      for _ in 0..<transform.access.options.connections { startNext() }
      var done = 0
      while let (number, outcome) = try await group.next() {
        if case .found(let facts) = outcome { filled.take(facts, of: files[number]) }
        take(files[number].index, outcome)
        done += 1
        context.advance(done, of: files.count)
        startNext()
      }
    }
  }
}

extension RemoteFile {
  /// Whether what was found out was known before.
  fileprivate func isKnown(in store: FactsStore, _ outcome: FileVisit.Outcome?) -> Bool {
    guard case .found(let facts) = outcome else { return false }
    return store[url] == facts
  }
}
