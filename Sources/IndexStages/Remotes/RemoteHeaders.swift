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
      for type in [ContentType.html, .simpleJSON, .json, .jsonLines] {
        let own = [HTTPField("Content-Type", type.fieldValue), cacheControl[role]]
        all.kinds[Kind(role, type)] = fields + own.compactMap(\.self)
      }
    }
    return all
  }
}

extension ContentType {
  /// The content type with its charset.
  fileprivate var fieldValue: String { self == .html ? "text/html; charset=utf-8" : mediaType }
}
