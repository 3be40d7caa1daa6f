import IndexRendering
import StrictJSON

/// What is chosen about the pages for people alone.
extension PipelineFile {
  /// Reads what needs nothing but its own field.
  static func readSite(of settings: inout Settings, into options: inout RenderOptions) {
    options.title = settings.string(
      "title",
      "The title of the web pages.",
      default: options.title,
      example: "Acme packages"
    )
    options.logo =
      settings.string(
        "logo",
        "The URL of a logo for the web pages.",
        example: "logo.svg"
      ) ?? ""
    if let problem = FileURL.problem(ofPicture: options.logo) {
      settings.refuse("wrong-value", "\"logo\": \(problem)", field: "logo")
    }
    options.logoWidth = settings.integer(
      "logo_width",
      "The width of the logo in pixels; 0 is its own.",
      in: 0...10_000,
      default: 0
    )
    let url = settings.string(
      "site_url",
      "Where people read the index, with a slash at the end: lines to install from it name that, and "
        + "there is a feed.",
      example: "https://index.example/"
    )
    if let url {
      if let problem = FileURL.problem(ofSite: url) {
        settings.refuse("wrong-value", "\"site_url\": \(problem)", field: "site_url")
      } else {
        options.siteURL = url
      }
    }
    options.accent = accent(of: &settings) ?? Accent()
    options.footer =
      settings.string(
        "footer",
        "Text at the end of the web pages.",
        example: "Questions? Ask the platform team."
      ) ?? ""
    settings.look(at: linksSpec)
    options.layout = layout(of: &settings)
  }

  private static func layout(of settings: inout Settings) -> Layout {
    let folder = settings.path(
      "templates",
      "A folder of templates, a style or a script for the web pages; those that are missing in it are "
        + "Larder's own.",
      example: "templates"
    )
    guard let folder, !folder.utf8.isEmpty, let field = settings.value["templates"] else {
      return .builtIn
    }
    let pointer = settings.pointer.appending(key: "templates")
    return TemplateFolder(path: folder, range: field.range, pointer: pointer, text: settings.file)
      .layout()
  }

  private static func accent(of settings: inout Settings) -> Accent? {
    settings.object("accent", "The colour of links and buttons, as `#rrggbb`.") { colours in
      let light = colour(
        "light",
        "The colour on a light ground.",
        on: "#f6f7f9",
        example: "#8a1c5c",
        of: &colours
      )
      let dark = colour(
        "dark",
        "The colour on a dark ground.",
        on: "#1b1e24",
        example: "#f2a7cf",
        of: &colours
      )
      return Accent(light: light, dark: dark)
    }
  }

  /// Reads a colour that text can be read in.
  ///
  /// - Parameter ground: The colour of its ground that is nearest to it.
  private static func colour(
    _ name: String,
    _ doc: String,
    on ground: String,
    example: String,
    of settings: inout Settings
  ) -> String? {
    guard let text = settings.string(name, doc, example: example) else { return nil }
    guard let contrast = Colour(text)?.contrast(to: Colour(ground)) else {
      settings.refuse("wrong-value", "\"\(name)\" must be a colour such as #0b57c4", field: name)
      return nil
    }
    if contrast >= 4.5 { return text }
    let tenths = Int(contrast * 10)
    settings.refuse(
      "wrong-value",
      "\"\(name)\": \(text) is too close to its ground to be read",
      field: name,
      notes: ["its contrast is \(tenths / 10).\(tenths % 10), and text needs 4.5 (WCAG 1.4.3)"]
    )
    return nil
  }
}

// Links, each an object.
extension PipelineFile {
  /// Reads the links that each page begins with.
  func links(in settings: Settings) -> [SiteLink] {
    var settings = settings
    guard let field = settings.value["links"] else { return [] }
    settings.note("links", field.compact, at: field.range)
    guard let array = field.elements else {
      settings.refuseKind(of: Self.linksSpec, field)
      return []
    }
    let pointer = settings.pointer.appending(key: "links")
    return elements(of: array, at: pointer, in: settings.file).compactMap { element in
      var inner = Settings(
        owner: "a link",
        element.value,
        at: element.pointer,
        in: element.text,
        topic: .part(of: "the renderer", fields: ["links"])
      )
      guard element.value.members != nil else {
        inner.refuse("wrong-type", "a link must be an object", at: element.value.range)
        return nil
      }
      let link = Self.link(of: &inner)
      if inner.isGiven("url"), let problem = FileURL.problem(ofLink: link.url) {
        inner.refuse("wrong-value", "\"url\": \(problem)", field: "url")
      }
      inner.finish()
      return link
    }
  }

  private static func link(of settings: inout Settings) -> SiteLink {
    SiteLink(
      label: settings.requiredString("label", "What the link is called.", example: "Handbook"),
      url: settings.requiredString(
        "url",
        "Where it leads; a relative URL is relative to the home page.",
        example: "https://handbook.example/packages"
      )
    )
  }

  private static var linksSpec: FieldSpec {
    var blank = Settings.blank(owner: "a link")
    _ = link(of: &blank)
    return FieldSpec(
      "links",
      "Links that each web page begins with.",
      .list(.object(blank.fields)),
      example: #"[{ "label": "Handbook", "url": "https://handbook.example/packages" }]"#
    )
  }
}
