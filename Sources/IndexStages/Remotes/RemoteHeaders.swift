import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON

/// What servers and caches are told of a page or a file.
struct RemoteHeaders: Sendable {
  /// Fields that all pages have.
  var fields: [HTTPField] = []
  /// By the names of the roles.
  private var cacheControl: [String: HTTPField] = [:]

  /// Reads `cache_control`.
  init(from settings: inout Settings) {
    let defaults = [
      ("file", "public, max-age=31536000, immutable"), ("project", "max-age=60"),
      ("root", "max-age=60"), ("state", "no-store"),
    ]
    let value = settings.json(
      "cache_control",
      "The field `Cache-Control` of all pages and files, or of each role: `file`, `project`, `root` "
        + "and `state`; where it is not given, `public, max-age=31536000, immutable` for files, "
        + "`max-age=60` for pages and `no-store` for state.",
      example: #"{ "project": "public, max-age=60", "root": "max-age=10" }"#
    )
    for (name, fallback) in defaults {
      var text = fallback
      if let value { text = value.string ?? value[name]?.string ?? fallback }
      cacheControl[name] = HTTPField("Cache-Control", text)
      if cacheControl[name] == nil { Self.refuse(text, &settings) }
    }
    let names = defaults.map(\.0)
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

  /// The fields of each kind of page.
  struct OfPages: Sendable {
    fileprivate var kinds: [Kind: [HTTPField]] = [:]

    /// The fields of a page.
    func of(_ page: RemotePage) -> [HTTPField] { kinds[Kind(page.role, page.type)] ?? [] }
  }

  fileprivate struct Kind: Hashable {
    let role: PageRole
    let type: ContentType

    init(_ role: PageRole, _ type: ContentType) { (self.role, self.type) = (role, type) }
  }

  /// The fields of all pages, made once for many.
  var ofPages: OfPages {
    var all = OfPages()
    for role in [PageRole.project, .root, .state] {
      for type in ContentType.allCases {
        all.kinds[Kind(role, type)] = fields(type: type.fieldValue, role: role.name)
      }
    }
    return all
  }

  /// The fields of a file.
  ///
  /// No name of a format: nothing on the way may take a reason from it to unpack the file or pack it.
  var fileFields: [HTTPField] { fields(type: "application/octet-stream", role: "file") }

  private func fields(type: String, role: String) -> [HTTPField] {
    var all = fields
    if let field = HTTPField("Content-Type", type) { all.append(field) }
    if let field = cacheControl[role] { all.append(field) }
    return all
  }
}

extension PageRole {
  fileprivate var name: String {
    switch self {
    case .project: "project"
    case .root: "root"
    case .state: "state"
    }
  }
}

extension ContentType {
  /// The content type with its charset.
  fileprivate var fieldValue: String {
    switch self {
    case .html, .css, .javaScript, .text: mediaType + "; charset=utf-8"
    default: mediaType
    }
  }
}
