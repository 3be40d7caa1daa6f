/// What a stage may know of the run that it is part of.
public struct StageContext: Sendable {
  /// What a run is for.
  public enum Mode: String, Sendable {
    /// To find out what would change.
    case plan
    /// To publish.
    case run
  }

  /// Which sinks take the files of distributions.
  public enum PublishedFiles: Sendable {
    /// No sink: files are where their links lead.
    case none
    /// Some sinks.
    case some
    /// All sinks, with the metadata of files: whoever is told of it finds it.
    case all
  }

  /// What the run is for.
  public let mode: Mode
  /// The name of the stage.
  public let id: String
  /// The names of all sources: records tell theirs by its number.
  public let sources: [String]
  /// How often something is tried again that may go well later.
  public let retry: RetryPolicy
  /// Which sinks take the files that a source has at hand.
  public var publishedFiles = PublishedFiles.none
  private let kind: StageKind
  private let observer: any RunObserver

  /// Creates the context of a stage; see the properties for what its parts are.
  public init(
    _ kind: StageKind,
    id: String,
    mode: Mode = .run,
    sources: [String] = [],
    retry: RetryPolicy = RetryPolicy(),
    observer: any RunObserver = SilentObserver()
  ) {
    self.kind = kind
    self.id = id
    self.mode = mode
    self.sources = sources
    self.retry = retry
    self.observer = observer
  }

  /// Lets a person read a line in the log, with the name of the stage before it.
  public func log(_ line: String) {
    observer.stageSaid(kind: kind.rawValue, id: id, line: line)
  }

  /// Says how far the stage has come; `total` is 0 if nobody knows.
  public func advance(_ done: Int, of total: Int) {
    observer.stageAdvanced(kind: kind.rawValue, id: id, done: done, total: total)
  }

  /// Does a part of the work, and does it again if the place is only busy.
  ///
  /// For work of many parts, such as the pages of an index: what fails for good fails the stage.
  ///
  /// - Parameter work: The part; a `StageFailure` that is transient makes it begin again.
  /// - Throws: What `work` throws at last, or `CancellationError`.
  public func retrying<Result>(_ work: () async throws -> Result) async throws -> Result {
    let clock = StopWatch()
    var attempt = 1
    while true {
      do {
        return try await work()
      } catch var failure as StageFailure {
        guard let wait = retry.wait(after: attempt, failure) else {
          if attempt > 1, !failure.isExhausted { failure.note(attempt, in: clock) }
          failure.isExhausted = true
          throw failure
        }
        log("\(failure.message); attempt \(attempt + 1) of \(retry.attempts) in \(wait)")
        try await Task.sleep(for: wait)
        attempt += 1
      }
    }
  }
}

extension StageFailure {
  /// Says how often something was tried before it was given up.
  fileprivate mutating func note(_ attempts: Int, in clock: StopWatch) {
    var text = "\(attempts) over \((clock.milliseconds + 500) / 1000) s"
    if case .transient(let asked?) = kind {
      text += "; the last Retry-After was \(asked.components.seconds) s"
    }
    diagnostic.remarks.insert(Remark("attempts", text), at: 0)
  }
}
