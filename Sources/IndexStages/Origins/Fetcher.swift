import IndexPipeline
import IndexTransport

/// Fetches pages for a stage: with its login, as often as the framework wants to try, and with an
/// error that names the stage.
struct Fetcher: Sendable {
  /// What installers ask for, JSON first; servers of listings answer what they have.
  static let accept =
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, "
    + "text/html;q=0.1, application/json;q=0.05, */*;q=0.01"

  let title: String
  let context: StageContext
  private let client: HTTPClient
  private let login: HTTPLogin?
  private let origin: HTTPOrigin
  /// The hosts that pages may come from beside that of the stage's own URL, in lower case.
  private let otherHosts: Set<String>
  private let host: String

  /// - Parameter url: The stage's own URL, whose origin alone sees the login.
  init(
    _ access: WebAccess,
    for url: HTTPURL,
    otherHosts: [String] = [],
    title: String,
    _ context: StageContext
  ) throws(StageFailure) {
    self.title = title
    self.context = context
    login = access.login
    origin = url.origin
    host = url.host
    self.otherHosts = Set(otherHosts)
    var options = access.options
    // A sign-in page elsewhere is told by what it is, not by where it is: no login goes there.
    options.redirectHosts = .any
    do throws(HTTPFailure) {
      client = try HTTPClient(options)
    } catch {
      throw StageFailure(error, title, url)
    }
  }

  /// Fetches a page, in full.
  ///
  /// - Parameters:
  ///   - validators: Those of the page as it is known; status 304 then says that it did not change.
  ///   - accept: The forms that are wanted.
  /// - Returns: An answer with status 200, or 304.
  func get(
    _ url: HTTPURL,
    accept: String = Fetcher.accept,
    validators: HTTPValidators? = nil
  ) async throws -> HTTPResponse {
    var request = HTTPRequest(url)
    request.fields = HTTPField("Accept", accept).map { [$0] } ?? []
    request.validators = validators
    return try await send(request)
  }

  /// Fetches a page that may be gone.
  ///
  /// - Returns: nil if the server says that there is none (status 404 or 410).
  func getIfThere(
    _ url: HTTPURL,
    accept: String,
    validators: HTTPValidators? = nil
  ) async throws -> HTTPResponse? {
    do {
      return try await get(url, accept: accept, validators: validators)
    } catch let failure as StageFailure where failure.saysNotThere {
      return nil
    }
  }

  /// Sends a request.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    var request = request
    if request.url.origin == origin { request.login = login }
    let sent = request
    return try await context.retrying {
      do throws(HTTPFailure) {
        return try await client.send(sent)
      } catch {
        throw error.failure(of: title, sent.url)
      }
    }
  }

  /// The URL of a page that a page named.
  func url(_ bytes: [UInt8]) throws(StageFailure) -> HTTPURL {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(HTTPURLProblem) {
      return try HTTPURL(text)
    } catch {
      throw StageFailure(.data, code: "invalid-url", "\(title): \(text): \(error)")
    }
  }

  /// Refuses a page of packages that came from a host nobody named.
  func checkHost(of response: HTTPResponse) throws(StageFailure) {
    let found = response.url.host
    let isExpected =
      found.utf8.elementsEqual(host.utf8) || otherHosts.contains(found)
    if isExpected { return }
    throw StageFailure(
      .unavailable,
      Diagnostic(
        code: "forbidden-redirect",
        "\(title): \(response.redirects.first ?? response.url) is on another host now",
        remarks: [
          .redirects(response.redirects, response.url),
          .help("give that URL, or name the host: \"allow_hosts\": [\"\(found)\"]"),
        ]
      )
    )
  }
}
