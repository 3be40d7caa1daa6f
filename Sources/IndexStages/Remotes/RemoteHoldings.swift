import IndexPipeline

/// What a place holds, as it was found before a publication.
struct RemoteHoldings: Sendable {
  /// What it says of its pages; nil before the first publication.
  let manifest: RemoteObject?
  /// What a publication left that is under way or died.
  let intent: PublicationIntent?
  /// What the last one left that came to its end.
  let rest: Rest?

  /// The word of a publication that is over.
  struct Rest: Sendable {
    let intent: PublicationIntent
    /// The version of the page that says so, if a condition can name it.
    let tag: String?
  }

  private static let manifestKey = Array(Manifest.path.utf8)
  private static let recordsKey = Array("larder/records.jsonl".utf8)

  /// Reads what a place says of itself.
  ///
  /// - Throws: `StageFailure` when that is not certain: it never counts as empty.
  init(of store: some RemoteStore) async throws {
    manifest = try await store.read(Self.manifestKey, knowing: nil)
    let page = try await store.read(PublicationIntent.path, knowing: nil)
    let found = page.map { PublicationIntent(reading: $0.content) }
    if let found, found.isOver(with: manifest?.content) {
      intent = nil
      rest = Rest(intent: found, tag: page?.strongTag)
    } else {
      intent = found
      rest = nil
    }
  }

  /// Whether the pages may be others than the manifest says.
  var isUncertain: Bool { intent?.stage == .writing }

  /// Whether the manifest is still the one that was found.
  func isCurrent(at store: some RemoteStore) async throws -> Bool {
    let present = try await store.read(Self.manifestKey, knowing: manifest)
    return present?.content == manifest?.content
  }

  /// The pages that the place has.
  ///
  /// - Throws: `StageFailure` if what it says of itself cannot be read.
  func inventory(of store: some RemoteStore) throws(StageFailure) -> Inventory {
    do throws(Manifest.Problem) {
      var inventory = Inventory()
      if let manifest {
        inventory = Inventory(try Manifest(manifest.content)) {
          try await store.read(Self.recordsKey, knowing: nil)?.content ?? []
        }
      }
      guard let intent else { return inventory }
      return try inventory.unfinished(trustsPages: !isUncertain, leftovers: intent.leftovers)
    } catch {
      throw StageFailure(unreadableManifestOf: store.name(of: Self.manifestKey), error)
    }
  }
}
