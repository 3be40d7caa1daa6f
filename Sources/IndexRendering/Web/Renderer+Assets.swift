import StrictJSON

/// What pages for people load: one style and one script, the same for all of them.
extension Renderer {
  /// Renders the style, with the colours that were chosen.
  mutating func renderStyle() {
    let style = options.layout.style
    batch.content.append(style.span)
    if let accent = options.accent {
      batch.content.append(":root { --accent: light-dark(")
      batch.content.append(utf8: accent.light)
      batch.content.append(", ")
      batch.content.append(utf8: accent.dark)
      batch.content.append(") }\n")
    }
    batch.paths.append("larder/style.css")
    batch.endPage(.css, .root)
  }

  /// Renders the script.
  mutating func renderScript() {
    let script = options.layout.script
    batch.content.append(script.span)
    batch.paths.append("larder/site.js")
    batch.endPage(.javaScript, .root)
  }
}
