import IndexPipeline
import IndexTransport

/// The way to pages that a server gives: requests, and perhaps a list of all that is there.
struct WebSite: Sendable {
  /// The URL that paths are relative to.
  let base: HTTPURL
  /// Sends a request; the answer may have any status.
  private let send: @Sendable (HTTPRequest) async throws -> HTTPResponse
  /// The paths of all files; nil if nobody lists them.
  let list: (@Sendable () async throws -> [[UInt8]])?

  /// Finds a web server.
  ///
  /// - Parameter url: The root of the index.
  /// - Throws: `StageFailure` if it is no URL of a folder, or libcurl is missing.
  init(_ url: String, connections: Int, _ context: StageContext) throws(StageFailure) {
    base = try Self.url(url.utf8.last == UInt8(ascii: "/") ? url : url + "/")
    if base.query != nil {
      let message = "the URL of an index has no query: \(base.origin)"
      throw StageFailure(.config, code: "invalid-url", message)
    }
    let options = WebAccess(connections: connections).options
    let (client, login) = (try Self.client(options, base), base.login)
    list = nil
    send = { request in
      var request = request
      request.login = login
      let sent = request
      return try await context.retrying {
        do throws(HTTPFailure) {
          return try await client.send(sent)
        } catch {
          // One page that breaks the server says nothing of the others.
          let isRefused = if case .refused = error.kind { true } else { error.status == 500 }
          if isRefused, let response = error.response { return response }
          throw error.failure(of: "verify", sent.url)
        }
      }
    }
  }

  private static func url(_ text: String) throws(StageFailure) -> HTTPURL {
    do throws(HTTPURLProblem) {
      return try HTTPURL(text)
    } catch {
      throw StageFailure(.config, code: "invalid-url", "\(error)")
    }
  }

  private static func client(
    _ options: HTTPOptions,
    _ base: HTTPURL
  ) throws(StageFailure) -> HTTPClient {
    do throws(HTTPFailure) {
      return try HTTPClient(options)
    } catch {
      throw StageFailure(error, "verify", base)
    }
  }

  /// Finds a bucket.
  ///
  /// - Parameters:
  ///   - bucket: `s3://`, its name, and perhaps `/` and what the keys of the index begin with.
  ///   - endpoint: The URL of the service; nil means Amazon's.
  /// - Throws: `StageFailure` if there is none of the name, its region is not known, or libcurl is
  ///   missing.
  init(
    bucket: String,
    _ endpoint: String?,
    _ connections: Int,
    _ context: StageContext
  ) throws(StageFailure) {
    let parts = bucket.utf8.dropFirst("s3://".utf8.count)
      .split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    var prefix = parts.dropFirst().first.map { String(Substring($0)) } ?? ""
    if !prefix.isEmpty, prefix.utf8.last != UInt8(ascii: "/") { prefix += "/" }
    let access = BucketAccess(
      parts.first.map { String(Substring($0)) } ?? "",
      endpoint: try endpoint.map { text throws(StageFailure) in try Self.url(text) },
      connections: connections
    )
    let (client, keyPrefix) = (try BucketClient(access, title: "verify", context), prefix)
    base = client.address.url(ofPrefix: keyPrefix.utf8Span.span)
    let place = "s3://\(client.bucket)/\(keyPrefix)"
    send = { request in
      try await context.retrying {
        try await client.attempt(request, about: place, unless: Set(400..<500))
      }
    }
    list = {
      let found = try await BucketListing(client: client, prefix: keyPrefix, pageSize: 1000).read()
      return found.objects.map { Array($0.key.dropFirst(keyPrefix.utf8.count)) }
    }
  }

  /// Asks for a path; nil if no URL can have it.
  ///
  /// - Throws: `StageFailure` if there is no answer.
  func ask(
    _ path: [UInt8],
    _ method: HTTPRequest.Method = .get,
    accept: String = "*/*"
  ) async throws -> HTTPResponse? {
    var encoded: [UInt8] = []
    S3Encoding.append(path.span, keepsSlashes: true, to: &encoded)
    guard let url = path.isEmpty ? base : base.resolving(encoded.span) else { return nil }
    var request = HTTPRequest(url, method: method)
    request.fields = HTTPField("Accept", accept).map { [$0] } ?? []
    request.maximumBytes = 1 << 30
    return try await send(request)
  }
}
