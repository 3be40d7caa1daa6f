import IndexTransport

/// Why a service refused a request to a bucket, by what a person does about it.
enum BucketRefusal {
  case denied, noBucket, noObject, wrongRegion, wrongKey, wrongClock, busy, other

  /// Classifies the code of a service, or a status that came without one, as answers to HEAD do.
  init(_ word: String?, status: Int, _ method: HTTPRequest.Method) {
    switch word ?? "" {
    case "AccessDenied", "AllAccessDisabled": self = .denied
    case "NoSuchBucket": self = .noBucket
    case "NoSuchKey": self = .noObject
    case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed":
      self = .wrongRegion
    case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken",
      "InvalidClientTokenId":
      self = .wrongKey
    case "RequestTimeTooSkewed": self = .wrongClock
    case "SlowDown", "RequestTimeout": self = .busy
    default:
      switch status {
      case 403: self = .denied
      case 404: self = method == .head ? .noObject : .noBucket
      default: self = .other
      }
    }
  }

  /// The code of the failure.
  var code: String {
    switch self {
    case .denied: "access-denied"
    case .noBucket: "no-bucket"
    case .noObject: "no-object"
    case .wrongRegion: "wrong-region"
    case .wrongKey: "wrong-credentials"
    case .wrongClock: "wrong-clock"
    case .busy: "busy-server"
    case .other: "refused-request"
    }
  }

  /// What a person can do.
  func help(_ response: HTTPResponse, _ method: HTTPRequest.Method) -> String? {
    switch self {
    case .denied:
      let action = method == .head ? "s3:GetObject" : "s3:ListBucket"
      return "the key needs the permission \(action); if the bucket is public, give "
        + "\"anonymous\": true"
    case .noBucket: return "check \"bucket\", \"region\" and \"endpoint\""
    case .wrongRegion: return "check \"region\" and \"endpoint\""
    case .wrongKey:
      return "check the key, or where it comes from: \"access_key_id\" and \"secret_access_key\", "
        + "the environment, or the profile"
    case .wrongClock:
      let time = response.field("date").flatMap { HTTPDate($0) }
      return "set the clock of this machine\(time.map { ": there it is \($0)" } ?? "")"
    case .noObject, .busy, .other: return nil
    }
  }
}
