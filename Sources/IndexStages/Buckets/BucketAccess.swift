import IndexPipeline
import IndexTransport

/// What a pipeline file says of the way to a bucket.
struct BucketAccess: Sendable {
  /// Whose requests are sent.
  enum Login: Sendable {
    /// Nobody's: the bucket is public.
    case anonymous
    /// Those of a key in the pipeline file.
    case key(S3Credentials)
    /// Those of a key that is looked for, in one profile of the shared files if it is named.
    case found(profile: String?)
  }

  let bucket: String
  let region: String?
  let endpoint: HTTPURL?
  let isPathStyle: Bool?
  let login: Login
  let web: WebAccess

  /// Reads the fields that all stages have which use a bucket.
  ///
  /// - Parameter connections: How many requests are under way at once, if nothing else is said.
  init(from settings: inout Settings, connections: Int = 16) {
    bucket = Self.bucket(in: &settings)
    region = Self.region(in: &settings)
    endpoint = Self.endpoint(in: &settings)
    isPathStyle = settings.boolean(
      "path_style",
      "Whether the bucket is the first part of paths, and not of the host; `true` with an "
        + "`endpoint` and `false` without, if it is not given. A name with dots is always in the path."
    )
    login = Self.login(in: &settings)
    web = WebAccess(from: &settings, hasLogin: false, connections: connections)
  }

  /// Names a bucket whose key is looked for.
  init(_ bucket: String, endpoint: HTTPURL?, connections: Int) {
    self.bucket = bucket
    self.endpoint = endpoint
    (region, isPathStyle, login) = (nil, nil, .found(profile: nil))
    web = WebAccess(connections: connections)
  }

  private static func bucket(in settings: inout Settings) -> String {
    let name = settings.requiredString("bucket", "The name of the bucket.", example: "acme-wheels")
    if settings.isGiven("bucket"), !name.utf8.isEmpty, !S3Address.isBucket(name) {
      settings.refuse(
        "wrong-value",
        "\"bucket\": \"\(name)\" is no name of a bucket",
        field: "bucket",
        help: "give the name alone, and what stands behind it as \"prefix\""
      )
    }
    return name
  }

  private static func region(in settings: inout Settings) -> String? {
    let region = settings.string(
      "region",
      "The region of the bucket; else `AWS_REGION`, `AWS_DEFAULT_REGION`, the region of the profile, "
        + "or with an `endpoint` `us-east-1`.",
      example: "eu-west-1"
    )
    if let region, !S3Address.isRegion(region) {
      settings.refuse("wrong-value", "\"region\": \"\(region)\" is no region", field: "region")
    }
    return region
  }

  private static func endpoint(in settings: inout Settings) -> HTTPURL? {
    let name = "endpoint"
    let text = settings.string(
      name,
      "The URL of a service that is not Amazon's: MinIO, R2, Ceph, or "
        + "`https://storage.googleapis.com`.",
      example: "https://minio.example"
    )
    guard let text else { return nil }
    do throws(HTTPURLProblem) {
      let url = try HTTPURL(text)
      if url.path.count == 1, url.query == nil, url.login == nil { return url }
      settings.refuse(
        "wrong-value",
        "\"\(name)\" must be a scheme, a host and perhaps a port",
        field: name,
        help: "the bucket is given as \"bucket\", and a key as \"access_key_id\""
      )
    } catch {
      settings.refuse("wrong-value", "\"\(name)\": \(error)", field: name)
    }
    return nil
  }

  private static func login(in settings: inout Settings) -> Login {
    let id = settings.secret("access_key_id", "The key that requests are signed with.")
    let secret = settings.secret("secret_access_key", "The secret of the key.")
    let token = settings.secret("session_token", "The token of a key that was lent.")
    let profile = settings.string(
      "profile",
      "The profile of the shared files (`~/.aws`) that has the key, whatever the environment says.",
      example: "publisher"
    )
    let isAnonymous = settings.boolean(
      "anonymous",
      "Whether requests are not signed, as for a public bucket.",
      default: false
    )
    let keyFields = ["access_key_id", "secret_access_key", "session_token"]
    let given = keyFields.filter { settings.isGiven($0) }
    let ways = [given.first, profile == nil ? nil : "profile", isAnonymous ? "anonymous" : nil]
    if let second = ways.compactMap({ $0 }).dropFirst().first {
      settings.refuse(
        "conflicting-fields",
        "give a key, or \"profile\", or \"anonymous\", not several",
        field: second
      )
    }
    for field in keyFields.prefix(2) where !given.isEmpty && !settings.isGiven(field) {
      settings.refuse(
        "missing-field",
        "\"\(given[0])\" needs the field \"\(field)\"",
        field: nil
      )
    }
    if isAnonymous { return .anonymous }
    guard let id, let secret else { return .found(profile: profile) }
    if let key = S3Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token) {
      return .key(key)
    }
    settings.refuse(
      "wrong-value",
      "\"access_key_id\", \"secret_access_key\" or \"session_token\" is empty, or holds a space or a "
        + "line break",
      field: "access_key_id"
    )
    return .anonymous
  }
}
