import StrictJSON

/// What pages for people load: one style and one script, the same for all of them.
extension Renderer {
  /// Renders the style, with the colours that were chosen.
  mutating func renderStyle() {
    let style = options.layout.style
    batch.content.append(style.span)
    append(colour: options.accent.light, as: "--accent-light")
    append(colour: options.accent.dark, as: "--accent-dark")
    batch.paths.append("larder/style.css")
    batch.endPage(.css, .root)
  }

  /// Appends the value of a property of the style, if there is one.
  private mutating func append(colour: String?, as property: StaticString) {
    guard let colour else { return }
    batch.content.append(":root { ")
    batch.content.append(property)
    batch.content.append(": ")
    batch.content.append(utf8: colour)
    batch.content.append(" }\n")
  }

  /// Renders the script.
  mutating func renderScript() {
    let script = options.layout.script
    batch.content.append(script.span)
    batch.paths.append("larder/site.js")
    batch.endPage(.javaScript, .root)
  }
}
