import IndexPipeline
import IndexTransport

// The metadata service of machines, in its second version.
extension CredentialEndpoint {
  /// What a machine says.
  enum Instance {
    case key(S3Credentials)
    case none(reason: String)
  }

  private static let roles = "/latest/meta-data/iam/security-credentials/"

  /// The key of the role that the machine has.
  func instanceKey() async throws -> Instance {
    let variable = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
    let base = try url(variables[variable] ?? "http://169.254.169.254", variable)
    let answer: (body: [UInt8], url: HTTPURL)?
    do throws(HTTPFailure) {
      answer = try await roleAnswer(base)
    } catch {
      if case .cancelled = error.kind { throw CancellationError() }
      return .none(reason: "\(error.url ?? base): \(error.message)")
    }
    guard let answer else { return .none(reason: "it has no role") }
    return .key(try key(in: answer.body, of: answer.url))
  }

  private func roleAnswer(
    _ base: HTTPURL
  ) async throws(HTTPFailure) -> (body: [UInt8], url: HTTPURL)? {
    var request = HTTPRequest(base.at("/latest/api/token"), method: .put)
    request.fields = [HTTPField("X-aws-ec2-metadata-token-ttl-seconds", "300")].compactMap { $0 }
    let token = String(decoding: try await send(request), as: UTF8.self)
    let fields = [HTTPField("X-aws-ec2-metadata-token", token)].compactMap { $0 }

    var list = HTTPRequest(base.at(Self.roles))
    list.fields = fields
    let roles = try await send(list)
    guard let role = roles.split(separator: UInt8(ascii: "\n")).first else { return nil }

    var path = Array(Self.roles.utf8)
    S3Encoding.append(Array(role).span, to: &path)
    var last = HTTPRequest(base.at(String(decoding: path, as: UTF8.self)))
    last.fields = fields
    return (try await send(last), last.url)
  }
}

extension HTTPURL {
  /// The URL of a path of the same origin.
  fileprivate func at(_ path: String) -> HTTPURL { resolving(path.utf8Span.span) ?? self }
}
