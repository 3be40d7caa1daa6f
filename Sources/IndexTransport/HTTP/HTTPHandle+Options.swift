internal import CCurl

extension HTTPHandle {
  /// Fixes what no request decides; everything that the environment could decide is among it.
  mutating func configure(_ options: HTTPOptions) {
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    set(CURLOPT_FOLLOWLOCATION, false)
    set(CURLOPT_UNRESTRICTED_AUTH, false)
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
    set(CURLOPT_PATH_AS_IS, true)
    set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
    set(CURLOPT_NOSIGNAL, true)
    set(CURLOPT_NOPROGRESS, true)
    set(CURLOPT_HTTP09_ALLOWED, false)
    set(CURLOPT_USERAGENT, options.userAgent)
    set(CURLOPT_ACCEPT_ENCODING, nil as String?)
    configureTimes(options)
    configureTLS(options)
    configureProxy(options.proxy)
  }

  private mutating func configureTimes(_ options: HTTPOptions) {
    set(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout.milliseconds)
    set(CURLOPT_LOW_SPEED_LIMIT, 100)
    set(CURLOPT_LOW_SPEED_TIME, (options.idleTimeout.milliseconds + 999) / 1000)
    // Servers and what is between forget connections; minutes and an hour are curl's own choices.
    set(CURLOPT_MAXAGE_CONN, 118)
    set(CURLOPT_MAXLIFETIME_CONN, 3600)
    set(CURLOPT_QUICK_EXIT, true)
  }

  private mutating func configureTLS(_ options: HTTPOptions) {
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Waiting for one connection to be shared would let requests fail one after another, each
    // after the whole time limit, where the server is gone.
    set(CURLOPT_PIPEWAIT, false)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    if let file = options.certificates ?? SystemCertificates.file { set(CURLOPT_CAINFO, file) }
    if options.certificates != nil { set(CURLOPT_CAPATH, nil as String?) }
  }

  private mutating func configureProxy(_ proxy: HTTPOptions.Proxy) {
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
    switch proxy {
    case .environment: return
    case .none: set(CURLOPT_PROXY, "")
    case .server(let url):
      set(CURLOPT_PROXY, url.text)
      set(CURLOPT_NOPROXY, "")
      guard case .basic(let user, let password) = url.login else { return }
      set(CURLOPT_PROXYUSERNAME, user)
      set(CURLOPT_PROXYPASSWORD, password)
    }
  }

  /// What decides which options a handle has, beside those of the client.
  struct Shape: Equatable {
    let method: HTTPRequest.Method
    /// Whether libcurl gets the body at once, and not piece by piece.
    let sendsWhole: Bool

    init(_ method: HTTPRequest.Method, bodySize: Int) {
      self.method = method
      sendsWhole = (method == .put || method == .post) && bodySize <= HTTPHandle.smallBodyLimit
    }
  }

  /// The most bytes of a body that libcurl sends in one piece with the fields before it: so a server
  /// has all of a page at once.
  static let smallBodyLimit = (1 << 16) - 1

  /// Chooses the method; the handle has had none before, or was reset.
  mutating func choose(_ shape: Shape) {
    switch shape.method {
    case .get: set(CURLOPT_HTTPGET, true)
    case .head: set(CURLOPT_NOBODY, true)
    case .put, .post:
      // libcurl calls it a POST if it has all of the body.
      set(shape.sendsWhole ? CURLOPT_POST : CURLOPT_UPLOAD, true)
      set(CURLOPT_CUSTOMREQUEST, shape.method.rawValue)
    case .mkcol, .delete: set(CURLOPT_CUSTOMREQUEST, shape.method.rawValue)
    }
  }
}

extension Duration {
  /// Whole milliseconds, at least one, at most the 24 days that fit into 32 bits.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    if seconds < 0 { return 1 }
    if seconds >= 2_147_483 { return 2_147_483_000 }
    return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
  }
}
