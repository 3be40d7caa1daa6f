import IndexPipeline
import IndexTransport

/// Looks for a key where programs of Amazon's services do: in the environment, in the shared files,
/// with the container, and with the machine.
struct CredentialSearch: Sendable {
  /// The profile that alone is looked at.
  let profile: String?
  let variables: ProcessVariables
  /// What messages call the stage.
  let title: String

  /// Finds the key.
  ///
  /// - Throws: `StageFailure` if there is none, or none that can be used.
  func find() async throws -> S3Credentials {
    if profile == nil, let id = variables["AWS_ACCESS_KEY_ID"],
      let secret = variables["AWS_SECRET_ACCESS_KEY"]
    {
      return try checked(id, secret, variables["AWS_SESSION_TOKEN"], from: "the environment")
    }
    let shared = try SharedProfile(profile, variables, title: title)
    if let id = shared["aws_access_key_id"], let secret = shared["aws_secret_access_key"] {
      let place = "the profile \"\(shared.name)\""
      return try checked(id, secret, shared["aws_session_token"], from: place)
    }
    try refuseOtherWays(of: shared)
    var notes = [
      "not in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
      "not in the profile \"\(shared.name)\" of \(shared.paths.joined(separator: " or "))",
    ]
    if profile == nil {
      switch try await lentKey() {
      case .key(let key): return key
      case .none(let reason): notes.append("not with this machine: \(reason)")
      }
    }
    throw StageFailure(
      .config,
      code: "no-credentials",
      "\(title): there are no credentials to sign requests with",
      notes: notes,
      help: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or, if the bucket is public, give "
        + "\"anonymous\": true"
    )
  }

  private func lentKey() async throws -> CredentialEndpoint.Instance {
    if CredentialEndpoint.isNamed(in: variables) {
      let endpoint = try CredentialEndpoint(variables, timeout: .seconds(5), title: title)
      return .key(try await endpoint.containerKey())
    }
    if variables.isTrue("AWS_EC2_METADATA_DISABLED") {
      return .none(reason: "AWS_EC2_METADATA_DISABLED is set")
    }
    return try await CredentialEndpoint(variables, timeout: .seconds(2), title: title).instanceKey()
  }

  private func checked(
    _ id: String,
    _ secret: String,
    _ token: String?,
    from place: String
  ) throws(StageFailure) -> S3Credentials {
    let key = S3Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token)
    if let key { return key }
    throw StageFailure(
      .config,
      code: "wrong-credentials",
      "\(title): the key in \(place) holds a space, a line break or nothing"
    )
  }

  /// Says that a key is got in a way that this knows nothing of, instead of using another one.
  private func refuseOtherWays(of shared: SharedProfile) throws(StageFailure) {
    let inProfile = ["role_arn", "credential_process", "sso_session", "sso_start_url"]
      .first { shared[$0] != nil }
      .map { "the profile \"\(shared.name)\" uses \($0)" }
    let isToken = profile == nil && variables["AWS_WEB_IDENTITY_TOKEN_FILE"] != nil
    let inEnvironment = isToken ? "AWS_WEB_IDENTITY_TOKEN_FILE is set" : nil
    guard let way = inProfile ?? inEnvironment else { return }
    throw StageFailure(
      .config,
      code: "unknown-credentials",
      "\(title): \(way), which Larder cannot follow",
      help: "let the tool that can put a key into the environment: "
        + "aws configure export-credentials --format env"
    )
  }
}
