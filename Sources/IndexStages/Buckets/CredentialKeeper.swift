import IndexPipeline
import IndexTransport

/// Keeps the key that was found for a run, and looks for it again before it ends.
actor CredentialKeeper {
  /// How many seconds before its end a key is asked for anew.
  private static let margin: Int64 = 300
  /// How many seconds pass between two searches at least.
  private static let pause: Int64 = 30

  private let find: @Sendable () async throws -> S3Credentials
  private var known: S3Credentials?
  private var search: Task<S3Credentials, any Error>?
  private var lastSearch: Int64 = 0

  init(_ find: @escaping @Sendable () async throws -> S3Credentials) { self.find = find }

  /// The key for a request that is sent now.
  func current() async throws -> S3Credentials {
    let now = ProcessSettings.now
    if let known {
      let rest = known.expiry.map { $0 - now } ?? .max
      if rest > Self.margin || rest > 0 && now - lastSearch < Self.pause { return known }
    }
    let task = search ?? Task { [find] in try await find() }
    search = task
    lastSearch = now
    do {
      let found = try await task.value
      search = nil
      known = found
      return found
    } catch {
      search = nil
      // One that still holds is better than none.
      if let known, known.expiry.map({ $0 > now }) ?? true { return known }
      throw error
    }
  }
}
