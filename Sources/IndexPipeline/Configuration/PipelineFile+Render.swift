import IndexModel
import IndexRendering
import StrictJSON

extension PipelineFile {
  /// Reads `render`, which every pipeline has: without it, sinks would receive nothing.
  func renderOptions(in pipeline: inout Settings, now: Timestamp?) -> RenderOptions {
    let spec = FieldSpec("render", "What is chosen about the pages.", .object(Self.renderFields))
    pipeline.look(at: spec)
    guard let value = pipeline.value["render"] else {
      pipeline.require("render")
      refuseMissingRenderer(in: pipeline)
      return RenderOptions()
    }
    guard value.members != nil else {
      pipeline.refuseKind(of: spec, value)
      return RenderOptions()
    }
    let pointer = pipeline.pointer.appending(key: "render")
    var settings = Settings(
      owner: "the renderer",
      value,
      at: pointer,
      in: text,
      topic: .renderer,
      effective: pointer
    )
    var options = Self.options(of: &settings, now: now)
    options.links = links(in: settings)
    settings.finish()
    return options
  }

  private func refuseMissingRenderer(in pipeline: Settings) {
    text.log.add(
      PipelineLog.Draft(
        code: "missing-renderer",
        message: "this pipeline has no renderer, so its sinks would receive nothing",
        text: text,
        pointer: JSONPointer(),
        marks: [(pipeline.opening, "\"render\" is required here")],
        showsNextLine: true,
        remarks: [
          .note(
            "sources and transforms handle package records; only a renderer turns them into the "
              + "files that sinks publish"
          ),
          .help("add `\"render\": {}` for the complete tree with its defaults"),
        ]
      )
    )
  }

  /// The fields of `render`.
  package static var renderFields: [FieldSpec] {
    var blank = Settings.blank(owner: "the renderer")
    _ = options(of: &blank, now: nil)
    return blank.fields
  }

  private static func options(of settings: inout Settings, now: Timestamp?) -> RenderOptions {
    var options = RenderOptions()
    let prefix = settings.fileURL(
      "packages_url",
      "Where the distributions are: a URL before file names, absolute or relative to "
        + "`simple/<project>/`.",
      example: "../../pool/"
    ) { url throws(FileURL.Problem) in try FileURL(prefix: url) }
    let template = settings.fileURL(
      "file_url",
      "Where the distributions are: a URL that holds `{filename}`; or `upstream`, which is where "
        + "their source says, and an error if it does not.",
      example: "https://files.example/pool/{filename}"
    ) { url throws(FileURL.Problem) in
      options.needsURLs = url.utf8.elementsEqual("upstream".utf8)
      return options.needsURLs ? .pool : try FileURL(template: url)
    }
    if prefix != nil, template != nil {
      settings.refuse(
        "conflicting-fields",
        "give \"packages_url\" or \"file_url\", not both",
        field: "file_url"
      )
    }
    options.fileURL = prefix ?? template ?? options.fileURL
    readSite(of: &settings, into: &options)
    options.perReleaseJSON = settings.boolean(
      "per_release_json",
      "Whether the legacy JSON API has a page for each release.",
      default: true
    )
    let showsTime = settings.boolean(
      "timestamps",
      "Whether pages show the moment of the run; the same input then makes other bytes.",
      default: false
    )
    options.generatedAt = showsTime ? now : nil
    return options
  }
}

extension Settings {
  /// Reads the URL of the distributions with `read`, which says what is wrong with it.
  fileprivate mutating func fileURL(
    _ name: String,
    _ doc: String,
    example: String,
    _ read: (String) throws(FileURL.Problem) -> FileURL
  ) -> FileURL? {
    guard let url = string(name, doc, example: example) else { return nil }
    do throws(FileURL.Problem) {
      return try read(url)
    } catch {
      refuse("wrong-value", "\"\(name)\": \(error.rawValue)", field: name)
      return nil
    }
  }
}
