import IndexModel
import IndexRendering
import StrictJSON

extension PipelineFile {
  /// Reads `render`, which every pipeline has: without it, sinks would receive nothing.
  func renderOptions(in pipeline: inout Settings, now: Timestamp?) -> RenderOptions {
    guard let value = pipeline.field("render") else {
      pipeline.refuse(
        "missing-renderer",
        "this pipeline has no renderer, so its sinks would receive nothing",
        at: pipeline.opening,
        caret: "\"render\" is required here",
        notes: [
          "sources and transforms handle package records; only a renderer turns them into the "
            + "files that sinks publish"
        ],
        help: "add `\"render\": {}` for the complete tree with its defaults"
      )
      return RenderOptions()
    }
    var settings = Settings(
      owner: "the renderer",
      value,
      at: pipeline.pointer.appending(key: "render"),
      in: text
    )
    guard value.members != nil else {
      pipeline.refuseKind(of: "render", value, wanted: "an object")
      return RenderOptions()
    }
    return options(of: &settings, now: now)
  }

  private func options(of settings: inout Settings, now: Timestamp?) -> RenderOptions {
    var options = RenderOptions()
    _ = settings.field("$comment")
    let prefix = settings.fileURL("packages_url") { url throws(FileURL.Problem) in
      try FileURL(prefix: url)
    }
    let template = settings.fileURL("file_url") { url throws(FileURL.Problem) in
      try FileURL(template: url)
    }
    if prefix != nil, template != nil, let field = settings.field("file_url") {
      settings.refuse(
        "conflicting-fields",
        "give \"packages_url\" or \"file_url\", not both",
        at: field.range,
        "file_url"
      )
    }
    options.fileURL = prefix ?? template ?? options.fileURL
    options.title = settings.string("title") ?? options.title
    options.logo = settings.string("logo") ?? ""
    if let problem = FileURL.problem(ofPicture: options.logo), let field = settings.field("logo") {
      settings.refuse("wrong-value", "\"logo\": \(problem)", at: field.range, "logo")
    }
    options.logoWidth = settings.integer("logo_width", in: 0...10_000, default: 0)
    options.perReleaseJSON = settings.boolean("per_release_json", default: true)
    options.generatedAt = settings.boolean("timestamps", default: false) ? now : nil
    settings.finish()
    return options
  }
}
