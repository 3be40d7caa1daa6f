import IndexPipeline
import IndexTransport

// What stays of the generation before.
extension FilesystemSession {
  /// Takes what stays of a generation over into the new one.
  ///
  /// - Parameters:
  ///   - source: The name of that generation.
  ///   - moment: Whether the new one is served already.
  ///   - since: When this was done before.
  func carryOver(
    from source: [UInt8],
    _ moment: CarryOver.Moment,
    since: FileTime? = nil
  ) async throws {
    // After the switch the pages are those of the new generation.
    let unwritten = moment == .beforeSwitch ? unwritten : .removed
    do {
      let made = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
        for share in TreeShare.halves {
          group.addTask { [self] in
            let work = try carrier(from: source, moment)
            return try work.carry(
              Survey(
                of: work.source,
                unwritten,
                removing: removedFiles,
                copies: copies,
                share,
                since: since
              )
            )
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      try carrier(from: source, moment).finish(made)
    } catch let failure as IOFailure {
      throw StageFailure(keepingForeignFilesOf: location.path, failure)
    }
  }

  private func carrier(
    from source: [UInt8],
    _ moment: CarryOver.Moment
  ) throws(IOFailure) -> CarryOver {
    let old = try location.parent.folder(source.span)
    let new = try generation.descend([UInt8](path: ".").span)
    return CarryOver(moment: moment, source: old, target: new)
  }
}

extension TreeShare {
  /// The parts of work that is mostly done by the kernel.
  ///
  /// More tasks than two gain nothing: they wait for each other in the kernel.
  static var halves: [TreeShare] { [TreeShare(0, of: 2), TreeShare(1, of: 2)] }
}
