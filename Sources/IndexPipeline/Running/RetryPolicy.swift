/// How often, and after what time, something is tried again that may go well later.
///
/// Only the framework tries again: a stage says that its failure is transient.
public struct RetryPolicy: Sendable {
  /// How often something is tried at most, the first time included.
  public var attempts = 4
  /// The time before the second attempt; each further one waits twice as long.
  public var delay = Duration.seconds(1)
  /// The longest time to wait, also where the place asks for more.
  public var maximumDelay = Duration.seconds(300)

  /// Creates the policy that suits a place on the network.
  public init() {}

  /// Reads the fields of `retry`.
  init(from settings: inout Settings) {
    attempts = settings.integer(
      "attempts",
      "How often it is tried at most, the first time included.",
      in: 1...100,
      default: attempts
    )
    delay = settings.duration(
      "delay",
      "The time before the second attempt; each further one waits twice as long.",
      default: "1s"
    )
    maximumDelay = settings.duration(
      "max_delay",
      "The longest time to wait, also where the place asks for more.",
      default: "5m"
    )
  }

  /// The time to wait before the next attempt; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - attempt: The attempt that failed, from 1.
  ///   - failure: What it failed with.
  func wait(after attempt: Int, _ failure: StageFailure) -> Duration? {
    guard attempt < attempts, !failure.isExhausted, case .transient(let asked) = failure.kind else { return nil }
    if let asked { return min(asked, maximumDelay) }
    // Somewhere between one and two times the delay, so that many runs do not come back at once.
    let jitter = Double.random(in: 1..<2)
    let backoff = delay * (Double(1 << min(attempt - 1, 16)) * jitter)
    return min(backoff, maximumDelay)
  }
}
