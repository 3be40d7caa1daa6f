import IndexPipeline
import Synchronization

/// Reads files of a folder on all cores.
struct FolderReading: Sendable {
  /// A file and what is read of it.
  struct Job: Sendable {
    let file: FoundFile
    let wish: FactsReader.Wish
  }

  /// What became of a file.
  typealias Outcome = Result<FactsReader.Reading, FileProblem>

  /// Counts the files that were begun and those that are done.
  private final class Progress: Sendable {
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
  }

  let reader: FactsReader

  /// Reads all files, the large ones first, so that no core is left alone with one at the end.
  ///
  /// - Parameter advance: Called with the number of files that are done.
  /// - Returns: The outcome of each file, in the order of `jobs`.
  func read(
    _ jobs: [Job],
    _ advance: @escaping @Sendable (Int) -> Void
  ) async -> [Outcome] {
    let order = jobs.indices.sorted { jobs[$0].file.identity.size > jobs[$1].file.identity.size }
    let progress = Progress()
    var outcomes = [Outcome?](repeating: nil, count: jobs.count)
    await withTaskGroup(of: [(Int, Outcome)].self) { group in
      for _ in 0..<min(coreCount, jobs.count) {
        group.addTask {
          var own: [(Int, Outcome)] = []
          while true {
            let place = progress.next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard place < order.count else { return own }
            own.append((order[place], await read(jobs[order[place]])))
            advance(progress.done.wrappingAdd(1, ordering: .relaxed).newValue)
          }
        }
      }
      for await part in group { for (index, outcome) in part { outcomes[index] = outcome } }
    }
    return outcomes.map { $0 ?? .failure(.cancelled) }
  }

  private func read(_ job: Job) async -> Outcome {
    if Task.isCancelled { return .failure(.cancelled) }
    do throws(FileProblem) {
      return .success(try await reader.read(job.file, job.wish))
    } catch {
      return .failure(error)
    }
  }
}
