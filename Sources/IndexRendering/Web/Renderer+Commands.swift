import IndexModel
import StrictJSON

/// The lines that a person pastes into a shell, each with a button that copies it.
///
/// All name this index: without that, an installer would take the project from its own default index,
/// where it may be another's. The URL is either chosen or put in by the script; without both, the
/// line says where it belongs, and fails.
extension Renderer {
  /// Appends the lines that install a release, or any project of this index if none is named.
  mutating func appendCommands(
    _ release: Release?,
    of name: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    batch.content.append("<ul class=\"commands\">\n")
    openCommand("pip", "pip install ")
    appendRequirement(release, of: name, text)
    batch.content.append(" --index-url ")
    appendIndexURL()
    closeCommand("pip")
    openCommand("uv", "uv pip install ")
    appendRequirement(release, of: name, text)
    batch.content.append(" --index-url ")
    appendIndexURL()
    closeCommand("uv")
    openCommand("Poetry", "poetry source add private ")
    appendIndexURL()
    batch.content.append("<br>poetry add --source private ")
    appendRequirement(release, of: name, text)
    closeCommand("Poetry")
    batch.content.append("</ul>\n")
  }

  private mutating func openCommand(_ tool: StaticString, _ command: StaticString) {
    batch.content.append("<li><b>")
    batch.content.append(tool)
    batch.content.append("</b><code tabindex=\"0\">")
    batch.content.append(command)
  }

  private mutating func closeCommand(_ tool: StaticString) {
    batch.content.append("</code><button class=\"copy\" aria-label=\"Copy the lines for ")
    batch.content.append(tool)
    batch.content.append("\">Copy</button>\n")
  }

  /// Appends the URL of the simple API, at the end of a line: what the script puts there moves nothing.
  private mutating func appendIndexURL() {
    if options.siteURL.utf8.isEmpty {
      batch.content.append("<var>INDEX_URL</var>")
    } else {
      batch.content.append(html: options.siteURL)
      batch.content.append("simple/")
    }
  }

  private mutating func appendRequirement(
    _ release: Release?,
    of name: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    guard let release else { return batch.content.append("PROJECT") }
    // A shell would read the `!` of an epoch as history.
    let isQuoted = text[release.version].firstIndex(of: UInt8(ascii: "!"), from: 0) != nil
    if isQuoted { batch.content.append("&#39;") }
    batch.content.append(name)
    if release.stability != .unknown {
      batch.content.append("==")
      batch.content.append(versionOf: release, in: text)
    }
    if isQuoted { batch.content.append("&#39;") }
  }
}
