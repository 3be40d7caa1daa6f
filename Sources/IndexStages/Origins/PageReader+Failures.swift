import IndexPipeline
import IndexTransport
import StrictJSON

// What to say of an answer that is no page of packages.
extension PageReader {
  /// The error for a page that lists no packages.
  func notAnIndex(_ response: HTTPResponse, _ facts: PageFacts?) -> StageFailure {
    let start = response.redirects.first ?? response.url
    var remarks = [Remark("got", response.summary(facts))]
    if !response.redirects.isEmpty {
      remarks.append(.redirects(response.redirects, response.url))
    }
    remarks.append(.help(response.help(facts)))
    return StageFailure(
      .unavailable,
      Diagnostic(
        code: "not-an-index",
        "\(title): \(start) did not return a package index",
        remarks: remarks
      )
    )
  }

  /// The error for a page that cannot be read in full.
  func broken(_ response: HTTPResponse, _ reason: String) -> StageFailure {
    StageFailure(
      .data,
      Diagnostic(
        code: "broken-page",
        "\(title): \(response.url) cannot be read: \(reason)",
        remarks: [Remark("got", response.summary(nil))]
          + (response.redirects.isEmpty
            ? [] : [.redirects(response.redirects, response.url)])
          + [.note("a page that is not certain to be whole never means fewer packages")]
      )
    )
  }
}

extension HTTPResponse {
  /// Whether the server calls it HTML.
  var isHTML: Bool {
    let type = Array((field("content-type") ?? "").utf8)
    return type.span.startsIgnoringCase(with: "text/html", at: 0)
      || type.span.startsIgnoringCase(with: "application/xhtml", at: 0)
      || type.span.startsIgnoringCase(with: "application/vnd.pypi.simple.v1+html", at: 0)
  }

  /// What came, in one line.
  fileprivate func summary(_ facts: PageFacts?) -> String {
    let type = (field("content-type") ?? "without a content type").prefix { $0 != ";" }
    var parts = ["\(status) \(type)", body.count.of("byte")]
    if let facts {
      if !facts.title.isEmpty {
        parts.append("title \"\(String(decoding: facts.title, as: UTF8.self))\"")
      }
      parts.append("and no <a> elements with package names")
    }
    return parts.joined(separator: ", ")
  }

  /// What to do about a page that lists no packages.
  fileprivate func help(_ facts: PageFacts?) -> String {
    let words = Array((facts?.title ?? []).map { $0 | 0x20 })
    let isSignIn = ["sign in", "log in", "login", "sso"].contains { word in
      let word = Array(word.utf8)
      return words.indices.contains { words[$0...].starts(with: word) }
    }
    let isElsewhere = redirects.first.map { $0.host != url.host } ?? false
    return isSignIn || isElsewhere
      ? "the server wants credentials: give \"username\" and \"password\", or \"bearer_token\", as "
        + "${env:...} values"
      : "give the URL of a simple index, a directory listing, a page of links or a list of records"
  }
}
