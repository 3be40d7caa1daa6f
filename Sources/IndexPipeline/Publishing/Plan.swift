import StrictJSON

/// What a run would do, computed by the same code.
public struct Plan: Sendable {
  /// What would change at each sink.
  public let sinks: [Report.SinkChanges]
  /// What guards would refuse.
  public let refusals: [StageFailure]
  let differences: [IndexDifference]

  init(
    _ sinks: [Report.SinkChanges],
    _ refusals: [StageFailure],
    _ differences: [IndexDifference]
  ) {
    self.sinks = sinks
    self.refusals = refusals
    self.differences = differences
  }

  /// Whether a run would change anything.
  public var hasChanges: Bool { sinks.contains { !$0.changes.isEmpty } }

  /// The plan as JSON; what it says of a sink is what the report of a run says of it.
  ///
  /// - Parameter limit: The most pages of each kind of change to list.
  public func json(limit: Int = Report.pageLimit) -> [UInt8] {
    var out = ByteBuffer()
    out.append("{\n  \"version\": 1,\n  \"sinks\": ")
    out.append(list: sinks) { sink, out in
      out.append(member: "id", sink.id, isFirst: true)
      sink.changes.appendMembers(to: &out, limit: limit)
    }
    out.append(",\n  \"refusals\": ")
    out.append(list: refusals) { refusal, out in
      out.append(member: "code", refusal.code, isFirst: true)
      out.append(member: "message", refusal.message)
    }
    out.append("\n}\n")
    return Array(out.span)
  }
}
