import IndexModel
import IndexPipeline

// Saying what is wrong, and what was passed over.
extension FolderTask {
  func report(_ scan: FolderScan, into output: inout SourceOutput) throws {
    for (file, problem) in problems {
      if case .broken(let reason) = problem, source.badFiles == .skip {
        output.skip(source.skipped(file.path, "broken-distribution", reason))
        continue
      }
      throw source.failure(file.text, problem)
    }
    for (path, problem) in scan.misnamed {
      guard source.badFiles == .skip else {
        throw source.failure(misnamed: path, problem)
      }
      output.skip(source.skipped(path, problem.code, problem.rawValue))
    }
    for path in scan.folderLinks {
      output.warn("\(source.text(of: path)) is a link to a folder, which is not followed")
    }
    if scan.distributions.isEmpty { output.warn("\(source.path) holds no distributions") }
    if scan.otherCount > 0 {
      context?.log("\(scan.otherCount.of("file")) of other kinds passed over")
    }
  }
}
