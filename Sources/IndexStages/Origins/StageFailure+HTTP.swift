import IndexPipeline
import IndexTransport

extension StageFailure {
  /// Classifies what came of a request.
  ///
  /// - Parameters:
  ///   - failure: What came of it.
  ///   - title: What messages call the stage.
  ///   - url: What was asked for.
  init(_ failure: HTTPFailure, _ title: String, _ url: HTTPURL) {
    let place = failure.url ?? url
    var remarks = failure.redirects.isEmpty ? [] : [Remark.redirects(failure.redirects, place)]
    if let help = failure.help { remarks.append(.help(help)) }
    self.init(
      failure.stageKind,
      Diagnostic(
        code: failure.code,
        "\(title): \(place): \(failure.message)",
        remarks: remarks
      )
    )
  }
}

extension HTTPFailure {
  fileprivate var stageKind: StageFailure.Kind {
    switch kind {
    case .transient(let retryAfter): .transient(retryAfter: retryAfter)
    case .tooLarge: .data
    case .invalidRequest: .config
    case .cancelled: .cancelled
    case .refused, .broken, .forbiddenRedirect, .untrusted, .missingLibrary,
      .unwritable:
      .unavailable
    }
  }

  fileprivate var code: String {
    switch kind {
    case .transient: "busy"
    case .refused: "refused-request"
    case .tooLarge: "answer-too-large"
    case .broken: "broken-answer"
    case .unwritable: "unwritable-folder"
    case .forbiddenRedirect: "forbidden-redirect"
    case .untrusted: "untrusted-server"
    case .invalidRequest: "invalid-request"
    case .missingLibrary: "missing-library"
    case .cancelled: "interrupted"
    }
  }

  fileprivate var help: String? {
    switch kind {
    case .refused(status: 401), .refused(status: 403):
      "if the server wants credentials: give \"username\" and \"password\", or \"bearer_token\", as "
        + "${env:...} values"
    case .refused(status: 404), .refused(status: 410): "check the URL"
    case .untrusted: "if the server has a certificate of your own authority: give \"ca_file\""
    case .missingLibrary: "install libcurl: on Debian, apt-get install libcurl4"
    default: nil
    }
  }
}

extension Remark {
  /// Says where redirects led.
  static func redirects(_ passed: [HTTPURL], _ end: HTTPURL) -> Remark {
    let start = passed.first ?? end
    let times = passed.count == 1 ? "once" : "\(passed.count) times"
    return .note("redirected \(times), from \(start) to \(end)")
  }
}
