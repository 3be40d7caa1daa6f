import IndexPipeline

/// The fields that all sinks have which write to the network page by page.
struct RemoteFields: Sendable {
  let stale: StalePages
  let lease: Duration
  let headers: RemoteHeaders
  let publishesFiles: Bool

  init(from settings: inout Settings) {
    headers = RemoteHeaders(from: &settings)
    publishesFiles = settings.publishesFiles()
    stale = settings.choice(
      "stale",
      "What becomes of the pages of projects and versions that are gone.",
      default: .keep
    )
    lease = settings.duration(
      "lease",
      "How long other runs wait for one that no longer gives a sign of life; it is prolonged while "
        + "pages are sent.",
      default: "5m"
    )
  }
}
