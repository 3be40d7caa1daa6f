import IndexTransport
import StrictJSON

extension HTTPOptions {
  /// Reads the options of a test.
  init(probe json: JSONValue) throws(HTTPURLProblem) {
    self.init()
    if let number = json["connections"]?.integer { connections = number }
    if let number = json["connect_ms"]?.integer { connectTimeout = .milliseconds(number) }
    if let number = json["idle_ms"]?.integer { idleTimeout = .milliseconds(number) }
    if let number = json["timeout_ms"]?.integer { timeout = .milliseconds(number) }
    certificates = json["certificates"]?.string
    switch json["proxy"]?.string {
    case nil: proxy = .none
    case "environment": proxy = .environment
    case let text?: proxy = .server(try HTTPURL(text))
    }
    switch json["redirect_hosts"]?.elements {
    case nil: redirectHosts = .same
    case let hosts?:
      let names = Set(hosts.compactMap(\.string))
      redirectHosts = names == ["*"] ? .any : .named(names)
    }
  }
}

extension HTTPRequest {
  /// Reads a request of a test.
  init(probe json: JSONValue) throws(HTTPURLProblem) {
    let method = json["method"]?.string.flatMap(Method.init)
    self.init(try HTTPURL(json["url"]?.string ?? ""), method: method ?? .get)
    fields = (json["fields"]?.members ?? []).compactMap { HTTPField($0.key, $0.value.string ?? "") }
    if let user = json["user"]?.string, let password = json["password"]?.string {
      login = .basic(user: user, password: password)
    }
    if let token = json["token"]?.string { login = .bearer(token) }
    if let ends = json["range"]?.elements?.compactMap(\.integer), ends.count == 2 {
      range = ends[0]..<ends[1]
    }
    validators = HTTPValidators(
      entityTag: json["etag"]?.string,
      lastModified: json["last_modified"]?.string
    )
    if let text = json["body"]?.string { body = Array(text.utf8) }
    if let count = json["body_size"]?.integer { body = [UInt8](repeating: 0x78, count: count) }
    if let number = json["maximum_bytes"]?.integer { maximumBytes = number }
  }
}
