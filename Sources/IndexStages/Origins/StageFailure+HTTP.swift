import IndexPipeline
import IndexTransport

extension StageFailure {
  /// The failure to read what was kept of an earlier run.
  init(unreadableCache failure: IOFailure) {
    self.init(
      .data,
      code: "damaged-cache",
      "records that were kept of an earlier run cannot be read: \(failure)",
      help: "delete the cache: it is made anew"
    )
  }

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
      failure.classes.kind,
      Diagnostic(
        code: failure.classes.code,
        "\(title): \(place): \(failure.message)",
        remarks: remarks
      )
    )
  }
}

extension StageFailure {
  /// Whether a server says that there is no such page.
  var saysNotThere: Bool { code.utf8.elementsEqual("missing-page".utf8) }
}

extension HTTPFailure {
  fileprivate var classes: (kind: StageFailure.Kind, code: String) {
    switch kind {
    case .transient(let retryAfter): (.transient(retryAfter: retryAfter), code: "busy-server")
    case .refused(status: 404), .refused(status: 410): (.unavailable, code: "missing-page")
    case .refused: (.unavailable, code: "refused-request")
    case .tooLarge: (.data, code: "answer-too-large")
    case .broken: (.unavailable, code: "broken-answer")
    case .unwritable: (.unavailable, code: "unwritable-folder")
    case .forbiddenRedirect: (.unavailable, code: "forbidden-redirect")
    case .untrusted: (.unavailable, code: "untrusted-server")
    case .invalidRequest: (.config, code: "invalid-request")
    case .missingLibrary: (.unavailable, code: "missing-library")
    case .cancelled: (.cancelled, code: "interrupted")
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

extension HTTPFailure {
  /// What a stage throws for it.
  func failure(of title: String, _ url: HTTPURL) -> any Error {
    if case .cancelled = kind { return CancellationError() }
    return StageFailure(self, title, url)
  }
}
