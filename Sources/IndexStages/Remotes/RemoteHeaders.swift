import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// What servers and caches are told of a page.
struct RemoteHeaders: Sendable {
  /// Fields that all pages have.
  var fields: [HTTPField] = []
  private var cacheControl: [PageRole: HTTPField] = [:]

  /// Reads `cache_control`.
  init(from settings: inout Settings) {
    let defaults: [(name: String, role: PageRole, value: String)] = [
      ("project", .project, "max-age=60"), ("root", .root, "max-age=60"),
      ("state", .state, "no-store"),
    ]
    let value = settings.json(
      "cache_control",
      "The field `Cache-Control` of all pages, or of each role: `project`, `root` and `state`; "
        + "`max-age=60` for pages and `no-store` for state where it is not given.",
      example: #"{ "project": "public, max-age=60", "root": "max-age=10" }"#
    )
    for (name, role, fallback) in defaults {
      var text = fallback
      if let value { text = value.string ?? value[name]?.string ?? fallback }
      cacheControl[role] = HTTPField("Cache-Control", text)
      if cacheControl[role] == nil { Self.refuse(text, &settings) }
    }
    let names = defaults.map(\.name)
    let isText = value?.string != nil
    let members = value?.members ?? []
    let isObject = members.allSatisfy { member in
      member.value.string != nil && names.contains { $0.utf8.elementsEqual(member.key.utf8) }
    }
    if value != nil, !isText, value?.members == nil || !isObject {
      settings.refuse(
        "wrong-value",
        "\"cache_control\" must be text, or an object of texts",
        field: "cache_control",
        notes: ["roles: \(names.joined(separator: ", "))"]
      )
    }
  }

  private static func refuse(_ text: String, _ settings: inout Settings) {
    settings.refuse(
      "wrong-value",
      "\"cache_control\": \(text.utf8.count) bytes that no field of a request can hold",
      field: "cache_control"
    )
  }

  /// The fields of a page.
  func fields(of page: RemotePage) -> [HTTPField] {
    var all = fields
    if let field = HTTPField("Content-Type", page.type.fieldValue) { all.append(field) }
    if let field = cacheControl[page.role] { all.append(field) }
    return all
  }
}

extension ContentType {
  /// The content type with its charset.
  fileprivate var fieldValue: String { self == .html ? "text/html; charset=utf-8" : mediaType }
}
