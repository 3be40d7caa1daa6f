/// What of an index goes at a place that keeps each page by itself.
struct RemoteRemoval: Sendable {
  /// Whether anything is deleted.
  let isMeant: Bool
  /// The files that Larder published and that go, beside the pages.
  let files: Set<[UInt8]>
}
