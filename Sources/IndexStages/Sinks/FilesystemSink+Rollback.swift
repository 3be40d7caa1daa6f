import IndexPipeline
import IndexRendering
import IndexTransport

extension FilesystemSink {
  /// Exchanges the index with the one before it, which a second rollback brings back.
  ///
  /// Files in the output folder that Larder does not make stay there.
  ///
  /// - Throws: `StageFailure` when there is none, the place cannot be written or switched, or
  ///   someone publishes to it.
  public func rollBack() async throws {
    if sendsChangesOnly { throw noEarlierIndex }
    try goBack()
  }

  private func goBack() throws(StageFailure) {
    let location = try OutputLocation.resolve(path)
    let lock = try location.lockForPublishing()
    let present = try location.checkedPresent()
    let isThere: Bool
    do throws(IOFailure) {
      let earlier = try location.parent.status(of: location.previous.span)
      isThere = present != nil && earlier != nil
      if isThere {
        try keepForeignFiles(in: location)
        try location.parent.exchange(location.previous.span, location.name.span)
        if durable { try location.parent.sync() }
      }
    } catch {
      throw error.cannotExchange
        ? StageFailure(switching: location.path, error)
        : StageFailure(publishingTo: location.path, error)
    }
    if !isThere { throw noEarlierIndex }
    _ = consume lock
  }

  /// Takes over what is in the output folder beside the index, before it is exchanged.
  private func keepForeignFiles(in location: borrowing OutputLocation) throws(IOFailure) {
    let carrier = CarryOver(
      moment: .afterSwitch,
      source: try location.parent.folder(location.name.span),
      target: try location.parent.folder(location.previous.span)
    )
    // Copies of either index stay with their pages.
    var found = try PageCopies.Found(in: carrier.source)
    found.codings += try PageCopies.Found(in: carrier.target).codings
    let copies = PageCopies(made: codings, over: found)
    let survey = try Survey(of: carrier.source, .removed, copies: copies, .whole)
    try carrier.finish(carrier.carry(survey))
  }

  private var noEarlierIndex: StageFailure {
    StageFailure(
      .publish,
      code: "no-earlier-index",
      "there is no index at \(path) that was there before the present one",
      help: "only the last publication can be taken back, and not the first one"
    )
  }
}
