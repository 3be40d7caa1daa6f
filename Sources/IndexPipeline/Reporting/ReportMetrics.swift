/// A report as metrics in the text format of Prometheus, for the collector of text files.
public enum ReportMetrics {
  /// The metrics of a run that ended.
  ///
  /// - Parameters:
  ///   - report: What the run did.
  ///   - name: The name of the pipeline.
  ///   - exitStatus: What the process ends with.
  ///   - time: The moment it ended, in seconds since 1970.
  public static func text(
    of report: Report,
    named name: String,
    exitStatus: Int32,
    at time: Int64
  ) -> String {
    let pipeline = [("pipeline", name)]
    var text = ""
    text += family("larder_run_exit_status", "The exit status of the last run.")
    text += sample("larder_run_exit_status", pipeline, Int(exitStatus))
    text += family("larder_run_end_time_seconds", "When the last run ended, since 1970.")
    text += sample("larder_run_end_time_seconds", pipeline, Int(time))
    text += family("larder_index_projects", "The projects in the index.")
    text += sample("larder_index_projects", pipeline, report.projectCount)
    text += family("larder_index_distributions", "The distributions in the index.")
    text += sample("larder_index_distributions", pipeline, report.distributionCount)
    for (suffix, help, value) in Self.stageMetrics {
      text += family("larder_stage_\(suffix)", help)
      for stage in report.stages {
        let labels = pipeline + [("kind", stage.kind), ("stage", stage.id)]
        text += sample("larder_stage_\(suffix)", labels, value(stage))
      }
    }
    text += family(
      "larder_sink_pages",
      "The pages of the last publication, by what became of them."
    )
    for sink in report.changes {
      let counts = [
        ("added", sink.changes.added.count), ("changed", sink.changes.changed.count),
        ("removed", sink.changes.removed.count), ("unchanged", sink.changes.unchanged),
      ]
      for (change, count) in counts {
        let labels = pipeline + [("sink", sink.id), ("change", change)]
        text += sample("larder_sink_pages", labels, count)
      }
    }
    return text
  }

  private static let stageMetrics:
    [(suffix: String, help: String, value: @Sendable (Report.Stage) -> Int)] = [
      ("in", "What a stage took.", { $0.input }),
      ("out", "What a stage gave on.", { $0.output }),
      ("dropped", "What a stage left out.", { $0.dropped.values.reduce(0, +) }),
      ("milliseconds", "The time of a stage.", { $0.milliseconds }),
    ]

  private static func family(_ name: String, _ help: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
  }

  private static func sample(
    _ name: String,
    _ labels: [(name: String, value: String)],
    _ value: Int
  ) -> String {
    let inner = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    return "\(name){\(inner)} \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    let bytes = value.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): Array("\\n".utf8)
      default: [byte]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
