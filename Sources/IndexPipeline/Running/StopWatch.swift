/// Measures the time of a stage.
struct StopWatch {
  private let start = ContinuousClock.now

  /// Whole milliseconds since the watch was made.
  var milliseconds: Int {
    let passed = (ContinuousClock.now - start).components
    return Int(passed.seconds) * 1000 + Int(passed.attoseconds / 1_000_000_000_000_000)
  }
}
