import IndexModel
import IndexPipeline
import StrictJSON

/// What a person reads of the way of a file through a pipeline.
struct TrailStory {
  private let report: Report
  private let sources: [Pipeline.SourceStep]
  private var lines: [String] = []
  /// Whether a source has the file.
  private(set) var isFound = false

  /// - Parameter report: The report of a run that followed the file name.
  init(_ report: Report, sources: [Pipeline.SourceStep]) {
    self.report = report
    self.sources = sources
    guard let trail = report.trail else { return }
    tellSkippedLines(of: trail)
    for (place, step) in trail.steps.enumerated() where step.kind == "source" {
      for sighting in step.sightings { tell(sighting, from: place, trail) }
    }
    tellInsertions(of: trail)
    isFound = !lines.isEmpty
    if !isFound { lines.append("no source has a file \(trail.filename.printable)") }
  }

  /// The story, each line ended by a newline.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// The way of one record from the source that it was read from.
  private mutating func tell(_ first: Trail.Sighting, from place: Int, _ trail: Trail) {
    if !lines.isEmpty { lines.append("") }
    let source = sources[first.source]
    let line = first.line > 0 ? ":\(first.line)" : ""
    add("source", source.id, "read", "\(source.source.place.printable)\(line)")
    var present = first
    for step in trail.steps[(place + 1)...]
    where step.kind != "source" && (step.source ?? first.source) == first.source {
      guard let next = step.sightings.first(where: { $0.isSame(as: first) }) else {
        let drop = drop(of: first, by: step.id, trail.filename)
        add(step.kind, step.id, "DROPPED", drop.reason.printable, drop.place.printable)
        return
      }
      let isEdited = !next.json.utf8.elementsEqual(present.json.utf8)
      let word = isEdited ? "edited" : "kept"
      add(step.kind, step.id, word, isEdited ? next.shortJSON.printable : "")
      present = next
    }
    tellEnd(of: present, trail)
  }

  private mutating func tellEnd(of sighting: Trail.Sighting, _ trail: Trail) {
    let winner = report.duplicates.first {
      $0.filename.utf8.elementsEqual(trail.filename.utf8) && $0.droppedLine == sighting.line
    }
    if let winner {
      let other = winner.keptLine > 0 ? " (line \(winner.keptLine))" : ""
      add("catalog", "catalog", "DROPPED", "a later record has this file name\(other)")
      return
    }
    let version = sighting.version.isEmpty ? "" : ", version \(sighting.version)"
    add("catalog", "catalog", "in the index", "project \(sighting.project)\(version)")
  }

  /// Records that a transform made.
  private mutating func tellInsertions(of trail: Trail) {
    guard let last = trail.steps.last,
      !trail.steps.contains(where: { step in
        step.kind == "source" && !step.sightings.isEmpty
      })
    else { return }
    for sighting in last.sightings {
      let maker = trail.steps.first { !$0.sightings.isEmpty }
      add(maker?.kind ?? "", maker?.id ?? "", "made", sighting.shortJSON.printable)
      tellEnd(of: sighting, trail)
    }
  }

  /// Lines that are no record, but hold the file name.
  private mutating func tellSkippedLines(of trail: Trail) {
    let name = Array(trail.filename.utf8)
    for line in report.skipped where line.excerpt.text.contains(name) {
      let place = "\(line.excerpt.path):\(line.excerpt.line)"
      add("source", line.excerpt.path.printable, "SKIPPED", line.reason.printable, place.printable)
    }
  }

  private func drop(
    of sighting: Trail.Sighting,
    by stage: String,
    _ filename: String
  ) -> (reason: String, place: String) {
    let entries = (0..<report.drops.count).lazy.map { report.drops[$0] }
    let entry = entries.first {
      $0.source == sighting.source && $0.line == sighting.line
        && $0.stage.utf8.elementsEqual(stage.utf8)
        && $0.filename.utf8.elementsEqual(filename.utf8)
    }
    return entry.map { ($0.reason, $0.place) } ?? ("", "")
  }

  private mutating func add(
    _ kind: String,
    _ id: String,
    _ word: String,
    _ detail: String,
    _ place: String = ""
  ) {
    let line = "\(kind.column)\(id.column)\(word.column)\(detail)"
    let whole = place.isEmpty ? line : "\(line)  \(place)"
    lines.append(String(decoding: Array(whole.utf8).droppingSpaces, as: UTF8.self))
  }
}

extension String {
  /// Text that cannot move the cursor.
  fileprivate var printable: String { DiagnosticPrinter.printable(Array(utf8)[...]) }
}

extension [UInt8] {
  fileprivate var droppingSpaces: ArraySlice<UInt8> {
    var slice = self[...]
    while slice.last == UInt8(ascii: " ") { slice.removeLast() }
    return slice
  }

  /// Whether the bytes of `other` stand somewhere in these.
  fileprivate func contains(_ other: [UInt8]) -> Bool {
    guard !other.isEmpty, count >= other.count else { return false }
    return (0...count - other.count).contains { self[$0...].starts(with: other) }
  }
}
