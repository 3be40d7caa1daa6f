import IndexPipeline
import IndexTransport

/// An index that a web server serves; a bucket by its URL.
struct WebTree: PublishedTree {
  let base: HTTPURL
  let isWeb = true
  let width = 16
  private let client: HTTPClient
  private let context: StageContext

  /// Begins to talk to the server.
  ///
  /// - Parameter url: The root of the index.
  /// - Throws: `StageFailure` if it is no URL, or libcurl is missing.
  init(_ url: String, _ context: StageContext) throws(StageFailure) {
    self.context = context
    do throws(HTTPURLProblem) {
      base = try HTTPURL(url.utf8.last == UInt8(ascii: "/") ? url : url + "/")
    } catch {
      throw StageFailure(.config, code: "invalid-url", "\(error)")
    }
    var options = HTTPOptions()
    options.connections = width
    options.userAgent = "larder/\(Release.version)"
    do throws(HTTPFailure) {
      client = try HTTPClient(options)
    } catch {
      throw StageFailure(error, "verify", base)
    }
  }

  func page(at path: [UInt8], as form: PageForm) async throws -> FoundPage {
    do {
      let response = try await send(path, accept: form.accept)
      return .page(
        ServedPage(
          bytes: response.body,
          contentType: response.field("content-type"),
          cacheControl: response.field("cache-control"),
          isServed: true
        )
      )
    } catch Answer.status(let status) where status == 404 || status == 410 {
      return .missing
    } catch Answer.status(let status) {
      return .unservable("the server answers \(status)")
    }
  }

  func covers(_ path: [UInt8]) -> Bool { true }

  func holds(_ path: [UInt8]) async throws -> Bool {
    do {
      _ = try await send(path, .head)
      return true
    } catch Answer.status(let status) {
      // Buckets that may not be listed answer 403 for what is not there.
      return status != 403 && status != 404 && status != 410
    }
  }

  func mistake(in path: [UInt8], size: Int?, digest: FileDigest?) async throws -> String? { nil }

  func listing() async throws -> [[UInt8]]? { nil }

  /// The status of the answer for a path.
  ///
  /// - Throws: `StageFailure` if there is none.
  func status(of path: [UInt8]) async throws -> Int {
    do {
      return try await send(path, accept: PageForm.html.accept).status
    } catch Answer.status(let status) {
      return status
    }
  }

  /// An answer that is no page.
  private enum Answer: Error {
    case status(Int)
  }

  private func send(
    _ path: [UInt8],
    _ method: HTTPRequest.Method = .get,
    accept: String = "*/*"
  ) async throws -> HTTPResponse {
    guard let url = base.resolving(PathText.encoded(path).span) else { throw Answer.status(404) }
    var request = HTTPRequest(url, method: method)
    request.login = base.login
    request.fields = HTTPField("Accept", accept).map { [$0] } ?? []
    request.maximumBytes = 1 << 30
    let sent = request
    return try await context.retrying {
      do throws(HTTPFailure) {
        return try await client.send(sent)
      } catch {
        if case .cancelled = error.kind { throw CancellationError() }
        if case .refused(let status) = error.kind { throw Answer.status(status) }
        throw StageFailure(error, "verify", url)
      }
    }
  }
}

extension PageForm {
  /// What installers ask for who want this form.
  var accept: String {
    switch self {
    case .html: "application/vnd.pypi.simple.v1+html, text/html;q=0.9, */*;q=0.1"
    case .json: "application/vnd.pypi.simple.v1+json"
    }
  }
}
