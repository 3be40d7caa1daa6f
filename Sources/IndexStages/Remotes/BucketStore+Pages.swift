import IndexPipeline
import IndexRendering
import IndexTransport

// Pages, and the conditions under which a service takes them.
extension BucketStore {
  func put(_ page: RemotePage, at key: [UInt8], if condition: RemoteCondition) async throws -> Bool
  {
    if try await put(page, at: key, condition, condition.field) { return true }
    guard case .unchanged(let tag) = condition, try await self.tag(of: key) == tag else {
      return false
    }
    // Ceph compares with the tag as it keeps it, which has no quotes.
    let bare = String(decoding: tag.utf8.dropFirst().dropLast(), as: UTF8.self)
    return try await put(page, at: key, condition, HTTPField("If-Match", bare))
  }

  private func put(
    _ page: RemotePage,
    at key: [UInt8],
    _ condition: RemoteCondition,
    _ field: HTTPField?
  ) async throws -> Bool {
    var request = HTTPRequest(try url(of: key), method: .put)
    request.body = page.content
    request.fields = fields.of(page) + (try checksum(of: page.content))
    if let field { request.fields.append(field) }
    // Of an object that is gone, services say 404 where it was to be a certain version.
    var refusals: Set<Int> = [409, 412]
    if case .unchanged = condition { refusals.insert(404) }
    let response = try await client.attempt(request, about: name(of: key), unless: refusals)
    if response.status == 409 {
      throw StageFailure(
        .transient(retryAfter: nil),
        code: "busy-server",
        "\(title): \(name(of: key)): another request writes it just now"
      )
    }
    return response.status != 412 && response.status != 404
  }

  /// The version of an object; nil if there is none, or the service does not say.
  private func tag(of key: [UInt8]) async throws -> String? {
    let request = HTTPRequest(try url(of: key), method: .head)
    let response = try await client.attempt(request, about: name(of: key), unless: [403, 404])
    return response.status < 400 ? response.validators?.entityTag : nil
  }
}
