internal import CCurl

extension HTTPFault {
  /// Why the client itself stopped.
  init(_ stop: HTTPIntake.Stop) {
    switch stop {
    case .head: self.init(.tooLarge, "the fields of the answer exceed 256 KiB")
    case .body: self.init(.tooLarge, "the content exceeds the limit")
    case .encoding(let name):
      self.init(.broken, "the content is encoded (\(name)), which was not asked for")
    case .length: self.init(.broken, "the length of the content is not a number")
    case .file(let failure): self.init(.unwritable, "\(failure)")
    case .excess: self.init(.broken, "there is content that was not asked for")
    }
  }

  /// What libcurl says.
  init(_ code: CURLcode, _ detail: String) {
    let text = detail.isEmpty ? unsafe String(cString: ccurl_easy_error(code)) : detail
    self.init(Self.kind(of: code), text)
  }

  private static func kind(of code: CURLcode) -> HTTPFailure.Kind {
    switch code {
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT,
      CURLE_OPERATION_TIMEDOUT, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
      CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_SSL_CONNECT_ERROR, CURLE_PROXY,
      CURLE_AGAIN, CURLE_NO_CONNECTION_AVAILABLE:
      .transient(retryAfter: nil)
    case CURLE_FILESIZE_EXCEEDED: .tooLarge
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      .untrusted
    case CURLE_URL_MALFORMAT: .invalidRequest
    default: .broken
    }
  }
}
