import StrictJSON

/// A place that a stage reads or writes.
private struct ClaimedPlace {
  let stage: ReadStage
  let claim: Claim
  let steps: PathSteps

  /// Where the field stands that names the place, or the stage if there is no such field.
  var range: Range<Int> {
    let value = stage.element.value
    return value[claim.field]?.range ?? value.range.lowerBound..<value.range.lowerBound + 1
  }

  var pointer: JSONPointer {
    stage.element.value[claim.field] == nil
      ? stage.element.pointer : stage.element.pointer.appending(key: claim.field)
  }
}

// Stages that would harm each other, found by comparing what they read and write.
extension PipelineFile {
  func checkClaims() {
    let folder = text.log.surroundings.folder
    let places = stages.filter { $0.isEnabled ?? true }.flatMap { stage in
      // A place is empty if it is not known yet.
      stage.stage.claims.filter { !$0.place.utf8.isEmpty }.map { claim in
        ClaimedPlace(stage: stage, claim: claim, steps: PathSteps(claim.place, in: folder))
      }
    }
    for (index, place) in places.enumerated() {
      for other in places[..<index] where other.stage.id != place.stage.id {
        compare(place, other)
      }
    }
  }

  private func compare(_ later: ClaimedPlace, _ earlier: ClaimedPlace) {
    if isInput(later), isInput(earlier) {
      refuseInput(later, earlier)
      return
    }
    switch (later.claim.access, earlier.claim.access) {
    case (.reads, .reads): break
    // A source may read what a sink publishes: it has read all before anything is written.
    case (.writes, .reads):
      if earlier.steps.contains(later.steps) { refuse(later, inside: earlier) }
    case (.reads, .writes):
      if later.steps.contains(earlier.steps) { refuse(earlier, inside: later) }
    case (.writes, .writes):
      if earlier.steps.contains(later.steps) {
        refuse(later, inside: earlier)
      } else if later.steps.contains(earlier.steps) {
        refuse(earlier, inside: later)
      }
    }
  }

  /// Says that a stage writes inside of what another one reads or writes.
  private func refuse(_ inner: ClaimedPlace, inside outer: ClaimedPlace) {
    let way = outer.steps.way(to: inner.steps)
    if excludes(outer, way) { return }
    let verb = outer.claim.access == .reads ? "reads" : "writes"
    let noun = outer.claim.place.utf8.contains(UInt8(ascii: ":")) ? "place" : "directory"
    var remarks: [Remark] = []
    let stale = inner.stage.element.value["stale"]?.string
    if stale?.utf8.elementsEqual("delete".utf8) == true {
      remarks.append(
        .note(
          "\"stale\": \"delete\" could remove packages, and the next run would index its own output"
        )
      )
    }
    let canExclude = outer.claim.access == .reads && has(outer.stage, "exclude") && !way.isEmpty
    let exclusion = ", or exclude it there with \"exclude\": [\"\(way)/**\"]"
    remarks.append(
      .help("write to a \(noun) outside \(outer.claim.place)\(canExclude ? exclusion : "")")
    )
    inner.stage.element.text.refuse(
      "overlapping-paths",
      "\(inner.stage.name) writes \(way.isEmpty ? "to" : "inside") the \(noun) that "
        + "\(outer.stage.name) \(verb)",
      at: inner.range,
      inner.pointer,
      caret: "\(way.isEmpty ? "is" : "inside") \(outer.claim.place) "
        + "(\(outer.stage.name), line \(outer.stage.line))",
      remarks: remarks
    )
  }

  private func isInput(_ place: ClaimedPlace) -> Bool {
    place.claim.access == .reads && place.claim.place.utf8.elementsEqual("-".utf8)
  }

  private func refuseInput(_ later: ClaimedPlace, _ earlier: ClaimedPlace) {
    later.stage.element.text.refuse(
      "overlapping-input",
      "\(later.stage.name) reads standard input, which \(earlier.stage.name) reads too",
      at: later.range,
      later.pointer,
      caret: "as on line \(earlier.stage.line)",
      remarks: [.note("the first one would read all of it, and leave nothing")]
    )
  }

  /// Whether a stage leaves out by its field `exclude` what is written into the place it reads.
  private func excludes(_ place: ClaimedPlace, _ way: String) -> Bool {
    guard !way.isEmpty, place.claim.access == .reads else { return false }
    let patterns = place.stage.element.value["exclude"]?.elements ?? []
    return patterns.contains { pattern in
      ["\(way)/**", "\(way)/", way].contains {
        pattern.string?.utf8.elementsEqual($0.utf8) == true
      }
    }
  }

  private func has(_ stage: ReadStage, _ field: String) -> Bool {
    registry.entry(stage.kind, stage.type)?.fields.contains {
      $0.name.utf8.elementsEqual(field.utf8)
    } ?? false
  }
}
