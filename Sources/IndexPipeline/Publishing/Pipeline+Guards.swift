import IndexModel
import StrictJSON

extension Pipeline {
  /// Stops the run if a guard refuses.
  ///
  /// - Throws: `StageFailure` of kind `refused`.
  func check(_ guards: Guards, _ catalog: Catalog, _ holdings: [Inventory], _ report: Report)
    async throws
  {
    if let refusal = try await refusals(of: guards, catalog, holdings, report).first {
      throw refusal
    }
  }

  /// What every sink holds.
  func takeInventories() async throws -> [Inventory] {
    var holdings: [Inventory] = []
    for step in sinks {
      do {
        holdings.append(try await step.sink.inventory())
      } catch let failure as StageFailure where rebuilds && failure.saysUnreadableState {
        holdings.append(.unknown)
      }
    }
    return holdings
  }

  /// How the index differs from the one that each sink holds.
  func differences(
    to catalog: Catalog,
    _ holdings: [Inventory]
  ) async throws -> [IndexDifference] {
    var differences: [IndexDifference] = []
    for (step, inventory) in zip(sinks, holdings) {
      let before = try await inventory.catalog(of: step.id)
      differences.append(IndexDifference(from: before, to: catalog))
    }
    return differences
  }

  /// What the guards refuse.
  func refusals(
    of guards: Guards,
    _ catalog: Catalog,
    _ holdings: [Inventory],
    _ report: Report
  ) async throws -> [StageFailure] {
    var refusals: [StageFailure] = []
    if catalog.projects.count < guards.minimumProjects {
      refusals.append(guards.tooFew(catalog.projects.count))
    }
    if !guards.allowsEmptyProjects {
      if let refusal = guards.emptied(Self.emptied(report.drops, catalog)) {
        refusals.append(refusal)
      }
    }
    guard guards.maximumRemovedProjects != nil || guards.maximumRemovedFiles != nil else {
      return refusals
    }
    for (step, inventory) in zip(sinks, holdings) {
      guard inventory.tellsRecords else {
        refusals.append(guards.unknownHoldings(of: step.id))
        continue
      }
      let before = try await inventory.catalog(of: step.id)
      let difference = IndexDifference(from: before, to: catalog)
      let loss = largestLoss(since: inventory.manifest?.head.counts ?? [:], report.sourceCounts)
      refusals += guards.losses(difference, at: step.id, loss.map { [$0] } ?? [])
    }
    return refusals
  }

  /// Which source gives fewest records of what it gave before; nil if none gives fewer.
  private func largestLoss(since before: [String: Int], _ now: [String: Int]) -> String? {
    let losses = sources.compactMap { step -> (lost: Int, text: String)? in
      guard let old = before[step.id], let new = now[step.id], new < old else { return nil }
      let type = Swift.type(of: step.source)
      let text =
        "the largest loss is from source \"\(step.id)\" (\(type.info.type)): \(new.grouped) "
        + "\(type.countedThings), \(old.grouped) on the last published run"
      return (old - new, text)
    }
    return losses.max { $0.lost < $1.lost }?.text
  }

  /// The projects of which transforms left everything out.
  private static func emptied(_ drops: DropLedger, _ catalog: borrowing Catalog) -> [String] {
    let present = Set(
      catalog.projects.map { Array(catalog.text.span[$0.name]) }
    )
    var emptied: Set<[UInt8]> = []
    for index in 0..<drops.count {
      let project = drops.project(of: index)
      if !present.contains(project) { emptied.insert(project) }
    }
    return emptied.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }
}

extension StageFailure {
  /// Whether a sink cannot say what it holds because what it wrote about that is damaged.
  fileprivate var saysUnreadableState: Bool { code.utf8.elementsEqual("unreadable-state".utf8) }
}
