import IndexPipeline

/// Under which keys a page is kept.
struct RemoteKeys: Sendable {
  /// How the pages that a folder shows are called.
  enum Style: String, CaseIterable, Sendable {
    /// `simple/six/index.html`, for servers that know what an index page is.
    case indexHTML = "index.html"
    /// `simple/six/`, for those that serve keys and nothing else.
    case slash
    /// Both.
    case both
  }

  let style: Style
  /// Whether the pages in JSON of the simple API are what folders show.
  let showsJSON: Bool

  private static let html = Array("/index.html".utf8)
  private static let json = Array("/index.v1_json".utf8)

  /// The keys of a page, by its path.
  func keys(of path: [UInt8]) -> [[UInt8]] {
    if path.hasSuffix(Self.html) {
      let folder = Array(path.dropLast(Self.html.count - 1))
      switch style {
      case .indexHTML: return [path]
      case .slash: return [folder]
      case .both: return [path, folder]
      }
    }
    if showsJSON, path.hasSuffix(Self.json) {
      return [path, Array(path.dropLast(Self.json.count - 1))]
    }
    return [path]
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool {
    count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
  }
}

extension Settings {
  /// Reads how pages are called that folders show.
  ///
  /// - Parameter knowsJSON: Whether `json_at_slash` is among the fields.
  mutating func remoteKeys(knowsJSON: Bool) -> RemoteKeys {
    let style = choice(
      "index_keys",
      "How the pages are called that a folder shows: `index.html` for `simple/six/index.html`, "
        + "`slash` for `simple/six/`, or `both`.",
      default: RemoteKeys.Style.indexHTML
    )
    guard knowsJSON else { return RemoteKeys(style: style, showsJSON: false) }
    let showsJSON = boolean(
      "json_at_slash",
      "Whether `simple/six/` is the page in JSON, as well as `simple/six/index.v1_json`: so a bucket "
        + "serves upload times to pip with no server before it.",
      default: false
    )
    if showsJSON, style != .indexHTML {
      refuse(
        "conflicting-fields",
        "with \"json_at_slash\", \"index_keys\" must be \"index.html\"",
        field: "index_keys",
        help: "one key holds one page: HTML or JSON"
      )
    }
    return RemoteKeys(style: style, showsJSON: showsJSON)
  }
}
