import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// A service beside Larder that lends keys: that of a container or of a machine.
struct CredentialEndpoint: Sendable {
  let variables: ProcessVariables
  /// What messages call the stage.
  let title: String
  private let client: HTTPClient

  /// - Parameter timeout: The most time for an answer: the service is near, or not there.
  init(
    _ variables: ProcessVariables,
    timeout: Duration,
    title: String
  ) throws(StageFailure) {
    self.variables = variables
    self.title = title
    var options = HTTPOptions()
    options.connections = 1
    options.connectTimeout = .seconds(1)
    options.timeout = timeout
    options.userAgent = "larder/\(Release.version)"
    do throws(HTTPFailure) {
      client = try HTTPClient(options)
    } catch {
      throw StageFailure(.unavailable, code: "missing-library", "\(title): \(error.message)")
    }
  }

  /// Sends a request; its failures never hold what was sent or came.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> [UInt8] {
    try await client.send(request).body
  }

  /// The URL that a variable holds.
  func url(_ text: String, _ variable: String) throws(StageFailure) -> HTTPURL {
    do throws(HTTPURLProblem) {
      return try HTTPURL(text)
    } catch {
      throw failure("\(variable): \(error)")
    }
  }

  /// The key that a service lends.
  func key(in body: [UInt8], of url: HTTPURL) throws(StageFailure) -> S3Credentials {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(parsing: body, maximumDepth: 16).root
    } catch {
      throw failure("\(url) gave no key: \(error.message)")
    }
    let time = (root["Expiration"]?.string).map { Timestamp(rfc3339: $0.utf8Span.span) }
    guard let id = root["AccessKeyId"]?.string, let secret = root["SecretAccessKey"]?.string,
      time != .some(nil),
      let key = S3Credentials(
        accessKeyID: id,
        secretAccessKey: secret,
        sessionToken: root["Token"]?.string,
        expiry: time??.seconds
      )
    else { throw failure("\(url) gave something that is no key") }
    return key
  }

  func failure(_ message: String) -> StageFailure {
    StageFailure(.unavailable, code: "no-credentials", "\(title): \(message)")
  }
}
