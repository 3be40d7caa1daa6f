import StrictJSON

// Durations, sizes and shares: text, so that nobody has to guess the unit.
extension Settings {
  /// Reads a duration that has a default, such as `90s`.
  public mutating func duration(
    _ name: String,
    _ doc: String,
    default fallback: String
  ) -> Duration {
    guard let duration = Quantity.duration(fallback) else {
      preconditionFailure("the default of \(name) is no duration")
    }
    let spec = FieldSpec(name, doc, .duration, fallback: fallback.asJSON)
    return quantity(spec, Quantity.duration) ?? duration
  }

  /// Reads a duration, such as `90s`.
  public mutating func duration(
    _ name: String,
    _ doc: String,
    example: String? = nil
  ) -> Duration? {
    quantity(FieldSpec(name, doc, .duration, example: example?.asJSON), Quantity.duration)
  }

  /// Reads a number of bytes that has a default, such as `8MiB`.
  public mutating func size(_ name: String, _ doc: String, default fallback: String) -> Int {
    guard let size = Quantity.size(fallback) else {
      preconditionFailure("the default of \(name) is no size")
    }
    let spec = FieldSpec(name, doc, .size, fallback: fallback.asJSON)
    return quantity(spec, Quantity.size) ?? size
  }

  /// Reads a number of bytes, such as `8MiB`.
  public mutating func size(_ name: String, _ doc: String, example: String? = nil) -> Int? {
    quantity(FieldSpec(name, doc, .size, example: example?.asJSON), Quantity.size)
  }

  /// Reads a part of something: a number, or a percentage such as `5%`.
  public mutating func share(_ name: String, _ doc: String, example: Share? = nil) -> Share? {
    let shown = example.map { example in
      if case .percent(let percent) = example { "\"\(percent)%\"" } else { "\(example)" }
    }
    let spec = FieldSpec(name, doc, .share, example: shown)
    guard let value = ask(spec) else { return nil }
    if let number = value.integer {
      if number >= 0 { return .count(number) }
      refuse("wrong-value", "\"\(name)\" must be 0 or more", field: name)
    } else if let text = value.string {
      if let share = Share(percentage: text) { return share }
      refuseText(of: spec, text)
    } else {
      refuseKind(of: spec, value)
    }
    return nil
  }

  private mutating func quantity<Value>(
    _ spec: FieldSpec,
    _ read: (String) -> Value?
  ) -> Value? {
    guard let value = ask(spec) else { return nil }
    guard let text = value.string else {
      refuseKind(of: spec, value)
      return nil
    }
    if let quantity = read(text) { return quantity }
    refuseText(of: spec, text)
    return nil
  }

  private mutating func refuseText(of spec: FieldSpec, _ text: String) {
    let noun =
      switch spec.shape {
      case .duration: "a duration"
      case .size: "a size"
      default: "a share"
      }
    refuse(
      "wrong-value",
      "\"\(spec.name)\": \"\(text)\" is not \(noun)",
      field: spec.name,
      caret: spec.shape.expectation(of: .emptyObject)
    )
  }
}
