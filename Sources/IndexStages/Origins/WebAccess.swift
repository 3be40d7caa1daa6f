import IndexPipeline
import IndexTransport

/// What a pipeline file says of the way to a place on the web.
struct WebAccess: Sendable {
  /// The login, which only the origin of the stage's own URL sees.
  var login: HTTPLogin?
  /// Connections, times, proxy and certificates.
  var options = HTTPOptions()

  /// Goes the usual way.
  init(connections: Int) {
    options.connections = connections
    options.userAgent = "larder/\(Release.version)"
  }

  /// Reads the fields that all stages have which use HTTP.
  ///
  /// - Parameters:
  ///   - hasLogin: Whether those of a login are among them; other places have their own.
  ///   - connections: How many requests are under way at once, if nothing else is said.
  init(from settings: inout Settings, hasLogin: Bool = true, connections: Int = 16) {
    options.connections = settings.integer(
      "max_concurrency",
      "How many requests are under way at once.",
      in: 1...256,
      default: connections
    )
    options.timeout = settings.duration(
      "timeout",
      "The longest time that one request may take.",
      default: "5m"
    )
    options.connectTimeout = settings.duration(
      "connect_timeout",
      "The longest time that a connection may take.",
      default: "10s"
    )
    options.idleTimeout = settings.duration(
      "idle_timeout",
      "The longest time in which hardly anything arrives.",
      default: "20s"
    )
    options.certificates = settings.path(
      "ca_file",
      "A file of certificates to trust in the place of the system's.",
      example: "company-ca.pem"
    )
    options.proxy = Self.proxy(in: &settings)
    options.userAgent = "larder/\(Release.version)"
    if hasLogin { login = Self.login(in: &settings) }
  }

  private static func proxy(in settings: inout Settings) -> HTTPOptions.Proxy {
    let text = settings.string(
      "proxy",
      "The URL of a proxy, or `environment` for what `https_proxy` and its like say; none if it is "
        + "not given.",
      example: "http://proxy.example:3128"
    )
    guard let text else { return .none }
    if text.utf8.elementsEqual("environment".utf8) { return .environment }
    do throws(HTTPURLProblem) {
      return .server(try HTTPURL(text))
    } catch {
      settings.refuse("wrong-value", "\"proxy\": \(error)", field: "proxy")
      return .none
    }
  }

  private static func login(in settings: inout Settings) -> HTTPLogin? {
    let user = settings.string("username", "The user name for basic authentication.")
    let password = settings.secret("password", "The password for basic authentication.")
    let token = settings.secret("bearer_token", "A token for bearer authentication.")
    if token != nil, user != nil || password != nil {
      settings.refuse(
        "conflicting-fields",
        "give \"username\" and \"password\", or \"bearer_token\", not both",
        field: "bearer_token"
      )
    }
    if let token { return .bearer(token) }
    if user == nil, password == nil { return nil }
    return .basic(user: user ?? "", password: password ?? "")
  }
}

extension Settings {
  /// Reads a URL of http or https that must be given.
  mutating func requiredURL(_ name: String, _ doc: String, example: String) -> HTTPURL? {
    let text = requiredString(name, doc, example: example)
    guard isGiven(name), !text.isEmpty else { return nil }
    do throws(HTTPURLProblem) {
      let url = try HTTPURL(text)
      if url.login == nil { return url }
      refuse(
        "literal-secret",
        "\"\(name)\" must not hold a user name or a password",
        field: name,
        help: "give \"username\" and \"password\" as ${env:...} values"
      )
    } catch {
      refuse("wrong-value", "\"\(name)\": \(error)", field: name)
    }
    return nil
  }
}
