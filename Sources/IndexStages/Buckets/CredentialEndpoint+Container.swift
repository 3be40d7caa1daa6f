import IndexPipeline
import IndexTransport

// The service of containers, which the environment names.
extension CredentialEndpoint {
  /// The hosts that may be asked without TLS: those of containers, and this machine.
  private static let plainHosts = [
    "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1", "[::1]",
  ]

  /// Whether the environment names a service.
  static func isNamed(in variables: ProcessVariables) -> Bool {
    variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] != nil
      || variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] != nil
  }

  /// The key that the service lends.
  func containerKey() async throws -> S3Credentials {
    let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
    let relative = variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]
    let url = try url(relative.map { "http://169.254.170.2\($0)" } ?? variables[full] ?? "", full)
    guard url.isSecure || Self.plainHosts.contains(url.host) else {
      throw failure("\(full): \(url) is neither https nor on this machine")
    }
    var request = HTTPRequest(url)
    if let token = try containerToken() {
      guard let field = HTTPField("Authorization", token) else {
        throw failure("the authorization token of the container cannot be sent")
      }
      request.fields.append(field)
    }
    let body: [UInt8]
    do throws(HTTPFailure) {
      body = try await send(request)
    } catch {
      if case .cancelled = error.kind { throw CancellationError() }
      throw failure("\(url) gave no key: \(error.message)")
    }
    return try key(in: body, of: url)
  }

  private func containerToken() throws(StageFailure) -> String? {
    guard let path = variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else {
      return variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
    }
    do throws(IOFailure) {
      var bytes: [UInt8] = []
      let file = try InputFile.open(path)
      while try file.read(into: &bytes, upTo: 1 << 16) > 0, bytes.count <= 1 << 16 {}
      while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw failure("cannot read \(path): \(error.code)")
    }
  }
}
