import IndexPipeline
import IndexTransport

/// Sends signed requests to a bucket for a stage, as often as the framework wants to try.
struct BucketClient: Sendable {
  let address: S3Address
  /// What messages call the stage.
  let title: String
  let context: StageContext
  let bucket: String
  let region: String
  private let client: HTTPClient
  private let signer: S3Signer
  /// nil if requests are not signed.
  private let credentials: CredentialKeeper?

  /// Finds out where the bucket is; nothing is sent yet.
  ///
  /// - Throws: `StageFailure` if its region is not known, or libcurl is not there.
  init(
    _ access: BucketAccess,
    title: String,
    _ context: StageContext,
    _ variables: ProcessVariables = .process
  ) throws(StageFailure) {
    self.title = title
    self.context = context
    bucket = access.bucket
    let region = try access.region(title, variables)
    let address = S3Address(
      bucket: access.bucket,
      region: region,
      endpoint: access.endpoint,
      isPathStyle: access.isPathStyle
    )
    guard let address else {
      throw StageFailure(.config, code: "wrong-region", "\(title): \"\(region)\" is no region")
    }
    self.address = address
    self.region = region
    signer = S3Signer(region: region)
    credentials = access.keeper(title, variables)
    do throws(HTTPFailure) {
      // A signature holds for one URL: no redirect is followed to another server.
      client = try HTTPClient(access.web.options)
    } catch {
      throw StageFailure(.unavailable, code: "missing-library", "\(title): \(error.message)")
    }
  }

  /// Sends a request.
  ///
  /// - Parameters:
  ///   - request: The request, with a URL of ``address``.
  ///   - place: What it is about, such as `s3://acme-wheels/pool/`.
  /// - Throws: `StageFailure` without any part of the key, whatever the service says.
  func send(_ request: HTTPRequest, about place: String) async throws -> HTTPResponse {
    try await context.retrying { try await attempt(request, about: place) }
  }

  /// Sends a request, once.
  ///
  /// - Parameter statuses: Statuses that are answers too.
  func attempt(
    _ request: HTTPRequest,
    about place: String,
    unless statuses: Set<Int> = []
  ) async throws -> HTTPResponse {
    let key = try await credentials?.current()
    let signed = try signed(request, key)
    do throws(HTTPFailure) {
      return try await client.send(signed)
    } catch {
      if case .cancelled = error.kind { throw CancellationError() }
      if let response = error.response, statuses.contains(response.status) { return response }
      let secrets = Self.secrets(key)
      throw secrets.masking(StageFailure(error, self, place, request, hiding: secrets))
    }
  }

  private func signed(
    _ request: HTTPRequest,
    _ key: S3Credentials?
  ) throws(StageFailure) -> HTTPRequest {
    guard let key else { return request }
    var signed = request
    do throws(LibraryFailure) {
      signed.fields += try signer.fields(for: request, key, at: .now)
    } catch {
      throw StageFailure(.unavailable, code: "missing-library", "\(title): \(error)")
    }
    return signed
  }

  /// What a service could say of the key that it was shown.
  func secrets() async throws -> Secrets { Self.secrets(try await credentials?.current()) }

  private static func secrets(_ key: S3Credentials?) -> Secrets {
    var secrets = Secrets()
    guard let key else { return secrets }
    for (value, name) in [
      (key.accessKeyID, "<access key id>"), (key.secretAccessKey, "<secret access key>"),
      (key.sessionToken ?? "", "<session token>"),
    ] {
      var encoded: [UInt8] = []
      S3Encoding.append(value.utf8Span.span, to: &encoded)
      secrets.add(value, as: name)
      secrets.add(String(decoding: encoded, as: UTF8.self), as: name)
      secrets.add(Base64.text(of: Array(value.utf8)), as: name)
    }
    return secrets
  }
}

extension BucketAccess {
  /// The region, wherever it is said.
  fileprivate func region(
    _ title: String,
    _ variables: ProcessVariables
  ) throws(StageFailure) -> String {
    let environment = variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"]
    if let region = region ?? environment { return region }
    if case .found(let profile) = login {
      let shared = try SharedProfile(profile, variables, title: title)
      if let region = shared["region"] { return region }
    }
    if endpoint != nil { return "us-east-1" }
    throw StageFailure(
      .config,
      code: "no-region",
      "\(title): nothing says in which region the bucket \(bucket) is",
      help: "give \"region\", or set AWS_REGION"
    )
  }

  fileprivate func keeper(_ title: String, _ variables: ProcessVariables) -> CredentialKeeper? {
    switch login {
    case .anonymous: return nil
    case .key(let key): return CredentialKeeper { key }
    case .found(let profile):
      let search = CredentialSearch(profile: profile, variables: variables, title: title)
      return CredentialKeeper { try await search.find() }
    }
  }
}
