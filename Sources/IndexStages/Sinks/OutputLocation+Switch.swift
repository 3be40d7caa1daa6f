import IndexPipeline
import IndexTransport

extension OutputLocation {
  /// A change of names that can be taken back.
  private enum Step {
    case exchange([UInt8], [UInt8])
    case rename([UInt8], to: [UInt8])

    var reversed: Step {
      switch self {
      case .exchange: self
      case .rename(let old, let new): .rename(new, to: old)
      }
    }
  }

  /// Makes the new generation the index.
  ///
  /// The old one is called "previous" from the very moment of the switch: a leftover called "next"
  /// never holds files of others that are nowhere else. So the new one gets the name "previous"
  /// first, in exchange with the generation before the old one, which may then be removed.
  ///
  /// - Parameters:
  ///   - isReplacing: Whether there is an old one.
  ///   - durable: Whether to wait until the device knows.
  /// - Throws: `StageFailure` when the switch failed or was taken back.
  borrowing func switchToNext(replacing isReplacing: Bool, durable: Bool) throws(StageFailure) {
    var done: [Step] = []
    do {
      for step in try steps(replacing: isReplacing) {
        try perform(step)
        done.append(step)
      }
      if durable { try parent.sync() }
    } catch {
      let failure =
        error.cannotExchange
        ? StageFailure(switching: path, error)
        : StageFailure(publishingTo: path, error)
      try takeBack(done, after: failure)
      throw failure
    }
  }

  private borrowing func steps(replacing isReplacing: Bool) throws(IOFailure) -> [Step] {
    guard isReplacing else { return [.rename(next, to: name)] }
    let hasPrevious = try parent.status(of: previous.span) != nil
    return [
      hasPrevious ? .exchange(next, previous) : .rename(next, to: previous),
      .exchange(previous, name),
    ]
  }

  private borrowing func perform(_ step: Step) throws(IOFailure) {
    switch step {
    case .exchange(let a, let b): try parent.exchange(a.span, b.span)
    case .rename(let old, let new): try parent.rename(old.span, to: new.span)
    }
  }

  private borrowing func takeBack(
    _ steps: [Step],
    after failure: StageFailure
  ) throws(StageFailure) {
    do {
      for step in steps.reversed() { try perform(step.reversed) }
    } catch {
      throw StageFailure(
        .publish,
        code: "cannot-switch-back",
        failure.message,
        notes: ["taking the switch back failed as well: \(error)"],
        help: "the old index is \(path) or \(String(path: previous.span)) beside it"
      )
    }
  }
}
