import IndexModel
import StrictJSON

// Conditions that cannot hold together.
extension MatcherReader {
  /// Refuses an object whose conditions no record can meet.
  func refuseContradictions(_ trees: [ConditionTree], in settings: inout Settings) {
    var conditions: [Condition] = []
    for tree in trees {
      if case .leaf(let condition) = tree { conditions.append(condition) }
    }
    refuseTagsWithoutWheels(conditions, in: &settings)
    refuseEmptySpan(conditions, in: &settings)
  }

  private func refuseTagsWithoutWheels(
    _ conditions: [Condition],
    in settings: inout Settings
  ) {
    var names: [DistributionKind] = [.wheel]
    for condition in conditions {
      if case .kind(let kinds) = condition.question { names = kinds }
    }
    guard !names.contains(.wheel) else { return }
    for condition in conditions {
      guard case .text(let field, _) = condition.question,
        field == .python || field == .abi || field == .platform
      else { continue }
      settings.refuse(
        "never-matches",
        "\"\(condition.key)\" is a tag of wheels, and \"kind\" leaves wheels out: "
          + "nothing would match",
        field: condition.key,
        help: "join them with \"any\" if one of them is enough"
      )
    }
  }

  private func refuseEmptySpan(_ conditions: [Condition], in settings: inout Settings) {
    var (after, before): (Moment?, Moment?)
    for condition in conditions {
      if case .uploadedAfter(let moment) = condition.question { after = moment }
      if case .uploadedBefore(let moment) = condition.question { before = moment }
    }
    let isEmpty =
      switch (after, before) {
      case (.at(let after)?, .at(let before)?): after >= before
      case (.ago(let after)?, .ago(let before)?): after <= before
      default: false
      }
    guard isEmpty else { return }
    settings.refuse(
      "never-matches",
      "nothing is uploaded at or after \"uploaded_after\" and before \"uploaded_before\" here",
      field: "uploaded_before"
    )
  }
}
