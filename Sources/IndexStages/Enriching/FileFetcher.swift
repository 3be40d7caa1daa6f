import IndexPipeline
import IndexTransport
import Synchronization

/// Asks servers for files and parts of them: with the login only where the pipeline file says, and
/// as often as the framework wants to try.
final class FileFetcher: Sendable {
  let title: String
  let context: StageContext
  private let client: HTTPClient
  private let login: HTTPLogin?
  private let loginOrigin: HTTPOrigin?
  private let state = Mutex(State())

  private struct State {
    var byteCount = 0
    var origins: Set<HTTPOrigin> = []
  }

  init(_ transform: EnrichTransform, _ context: StageContext) throws(StageFailure) {
    title = transform.title
    self.context = context
    login = transform.access.login
    loginOrigin = transform.loginOrigin
    var options = transform.access.options
    // Files are on other servers than pages at many indexes; no login goes there.
    options.redirectHosts = .any
    do throws(HTTPFailure) {
      client = try HTTPClient(options)
    } catch {
      throw StageFailure(.unavailable, code: "missing-library", "\(title): \(error.message)")
    }
  }

  /// The bytes of content that came so far.
  var byteCount: Int { state.withLock { $0.byteCount } }

  /// Whether a server is not known to ignore ranges.
  func mayKnowRanges(_ url: HTTPURL) -> Bool { state.withLock { !$0.origins.contains(url.origin) } }

  /// Remembers that a server ignores ranges.
  func noteWithoutRanges(_ url: HTTPURL) {
    _ = state.withLock { $0.origins.insert(url.origin) }
  }

  /// Sends a request.
  ///
  /// - Parameter request: Makes the request, anew for each try.
  /// - Returns: The answer, or what is wrong for good.
  /// - Throws: `StageFailure` if the server stays busy.
  func send(
    _ request: () throws -> HTTPRequest
  ) async throws -> Result<HTTPResponse, HTTPFailure> {
    try await context.retrying {
      var request = try request()
      if let loginOrigin, request.url.origin == loginOrigin { request.login = login }
      do throws(HTTPFailure) {
        let response = try await client.send(request)
        state.withLock { $0.byteCount += response.byteCount }
        return .success(response)
      } catch {
        switch error.kind {
        case .cancelled: throw CancellationError()
        case .transient: throw StageFailure(error, title, request.url)
        default: return .failure(error)
        }
      }
    }
  }
}
