extension PipelineLog {
  /// Refuses all placeholders for which there is no value, those of a file at once.
  func refuseGaps() {
    var texts: [PipelineText] = []
    for gap in gaps where !texts.contains(where: { $0 === gap.text }) { texts.append(gap.text) }
    for text in texts {
      let gaps = gaps.filter { $0.text === text }
        .sorted { $0.range.lowerBound < $1.range.lowerBound }
      guard let first = gaps.first else { continue }
      let count = self.gaps.count
      let values =
        count == 1 ? "1 value this pipeline needs is" : "\(count) values this pipeline needs are"
      add(
        Draft(
          code: "unset-variable",
          message: "\(values) missing from the environment",
          text: text,
          pointer: first.pointer,
          marks: gaps.map { ($0.range, $0.reason) },
          remarks: [
            .help("set them, or give a default as ${env:NAME:-value}"),
            .help(
              "`larder show env` lists every variable this file reads; `larder check` without "
                + "--env does not need them"
            ),
          ]
        )
      )
    }
  }
}
