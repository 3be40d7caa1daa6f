import IndexRendering

// A mirror that finds its origin as it was has nothing to do.
extension Pipeline {
  /// What tells whether the sources gave the same as in another run.
  ///
  /// - Returns: nil if that does not decide the index, as transforms may answer otherwise today, or
  ///   if something of the input has to be said again in each run.
  func input(_ outputs: [SourceOutput]) -> PageDigest? {
    guard sources.count == 1, transforms.isEmpty, sources.allSatisfy(\.transforms.isEmpty),
      previous == nil
    else { return nil }
    // What files become is not said by the records alone.
    return outputs.first.flatMap { $0.offers.isEmpty ? $0.digest : nil }
  }

  /// Whether every sink holds what these sources would make of it again; the report then says so.
  ///
  /// - Throws: `StageFailure` if a manifest names what is no page.
  func isHeld(
    _ input: PageDigest?,
    at holdings: [Inventory],
    _ report: inout Report
  ) throws(StageFailure) -> Bool {
    guard let input, !rebuilds, !holdings.isEmpty else { return false }
    let settings = render.fingerprint
    let manifests = holdings.compactMap(\.manifest)
    guard manifests.count == holdings.count,
      manifests.allSatisfy({ $0.head.input == input && $0.head.settings == settings }),
      let projects = manifests.first?.projects, projects.count >= guards.minimumProjects
    else { return false }
    report.projectCount = projects.count
    report.distributionCount = report.sourceCounts.values.reduce(0, +)
    for (step, manifest) in zip(sinks, manifests) {
      var changes = Changes()
      do throws(Manifest.Problem) {
        changes.unchanged = try manifest.countPages()
      } catch {
        throw StageFailure(unreadableManifestOf: step.id, error)
      }
      report.changes.append(Report.SinkChanges(id: step.id, changes: changes))
    }
    return true
  }
}
