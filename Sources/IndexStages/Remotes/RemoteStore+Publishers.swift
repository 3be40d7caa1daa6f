import IndexPipeline
import IndexTransport

// What is said where two runs publish to one place.
extension RemoteStore {
  /// The failure of a run that finds another one at work.
  func isTaken(until end: Int64?) -> StageFailure {
    let end = end.flatMap { HTTPDate(seconds: $0) }.map { ", until \($0) at the longest" } ?? ""
    return StageFailure(
      .transient(retryAfter: nil),
      code: "another-publisher",
      "\(title): another run publishes to the same place\(end)",
      notes: ["it holds \(name(of: PublicationIntent.path))"],
      help: "run again later; if no other run is alive, remove that page"
    )
  }

  /// The failure of a run that another one has overtaken before it began.
  var isOutdated: StageFailure {
    StageFailure(
      .transient(retryAfter: nil),
      code: "another-publisher",
      "\(title): another run published to the same place in the meantime",
      help: "run again"
    )
  }

  /// What a person should know of a place where nothing can be locked.
  var unlocked: String {
    "\(title): the server ignores conditions (If-None-Match), so that nothing keeps two runs from "
      + "publishing to it at once: let only one do so"
  }

  /// The failure of a run that another one has overtaken while it sent pages.
  var isOvertaken: StageFailure {
    var failure = StageFailure(
      .transient(retryAfter: nil),
      code: "another-publisher",
      "\(title): another run published to the same place in the meantime",
      notes: ["pages may be of either run until the next one"],
      help: "run again: it compares all pages"
    )
    failure.isPartial = true
    return failure
  }
}
