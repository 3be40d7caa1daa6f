/// How a client behaves.
///
/// Nothing else decides: no `.netrc`, `SSL_CERT_FILE` or `SSLKEYLOGFILE` of the environment, and
/// its proxies only where ``proxy`` says so. Servers always have to prove who they
/// are.
public struct HTTPOptions: Sendable {
  /// Which proxy is used.
  public enum Proxy: Sendable, Hashable {
    /// None.
    case none
    /// Those of `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`.
    case environment
    /// This one for all requests; its login is sent to it alone.
    case server(HTTPURL)
  }

  /// The other hosts to which a redirect of GET or HEAD may lead; never from https to http.
  public enum RedirectHosts: Sendable, Hashable {
    /// None, besides https on the same host.
    case same
    /// These, in lower case without a port.
    case named(Set<String>)
    /// All.
    case any
  }

  /// The most requests, and connections, at a time.
  public var connections = 8
  /// The most time for a connection, TLS included.
  public var connectTimeout: Duration = .seconds(10)
  /// The most time with fewer than 100 bytes a second, in whole seconds.
  public var idleTimeout: Duration = .seconds(20)
  /// The most time for a request, redirects included, waiting for its turn not.
  public var timeout: Duration = .seconds(300)
  /// The value of the User-Agent field.
  public var userAgent = "larder"
  /// The file of certificates (PEM) that are trusted; `nil` means those of the system.
  public var certificates: String?
  /// Which proxy is used.
  public var proxy: Proxy = .none
  /// The other hosts to which a redirect may lead.
  public var redirectHosts: RedirectHosts = .same

  /// The defaults.
  public init() {}

  /// What makes no sense, if anything.
  var problem: String? {
    if !(1...1000).contains(connections) { return "1 to 1000 connections are possible" }
    if HTTPField("User-Agent", userAgent) == nil { return "the user agent cannot be sent" }
    if certificates.map({ !$0.isPath }) ?? false { return "the file of certificates has no name" }
    return nil
  }
}
