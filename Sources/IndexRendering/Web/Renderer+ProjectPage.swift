import IndexModel
import StrictJSON

/// The page of a project for people: how to install it, what is known of it, its releases.
extension Renderer {
  mutating func renderProjectPage(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let name = text[project.name]
    let latest = catalog.releases[project.latest]
    batch.paths.append("project/")
    batch.paths.append(name)
    batch.paths.append("/index.html")
    openWebPage()
    batch.content.append(name)
    batch.content.append(" - ")
    batch.content.append(html: options.title)
    openWebBody(style: Self.projectStyle)
    appendNavigation(root: "../../")
    appendHeading(latest, name, text)
    if catalog.hasFacts { appendSummary(of: latest, catalog) }
    let status = catalog.status(of: project)
    if let status { appendNotice(status) }
    if status?.marker != .quarantined { appendInstallLines(latest, name, text) }
    if catalog.hasFacts { appendFacts(of: latest, catalog) }
    if status?.marker != .quarantined { appendReleases(of: project, catalog) }
    closeWebPage()
    batch.endPage(.html, .project)
  }

  private mutating func appendHeading(
    _ latest: Release,
    _ name: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    batch.content.append("<h1>")
    batch.content.append(name)
    batch.content.append(" ")
    batch.content.append(versionOf: latest, in: text)
    appendMarks(latest)
    batch.content.append("</h1>\n")
  }

  private mutating func appendSummary(of release: Release, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    for index in release.distributions {
      let summary = catalog.facts(of: catalog.distributions[index]).summary
      if summary.isEmpty { continue }
      batch.content.append("<p>")
      batch.content.append(html: text[summary])
      batch.content.append("</p>\n")
      return
    }
  }

  private mutating func appendNotice(_ status: ProjectStatus) {
    batch.content.append("<p>This project is")
    appendMark(status)
    batch.content.append(" ")
    batch.content.append(html: status.reason)
    batch.content.append("</p>\n")
  }

  /// Appends the lines that a person pastes into a shell.
  ///
  /// The URL of the index is not known here. The script adds it, since without it an installer
  /// would take the project from its own default index, where it may be another's.
  private mutating func appendInstallLines(
    _ latest: Release,
    _ name: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    if latest.stability == .legacy {
      batch.content.append(
        "<p>Its version is not one of PEP 440: pip and uv of today do not install it.</p>\n"
      )
      return
    }
    appendInstallLine("pip", "pip install ", latest, name, text)
    appendInstallLine("uv", "uv pip install ", latest, name, text)
    batch.content.append("<script>\n")
    batch.content.append(Self.installScript)
    batch.content.append("\n</script>\n")
  }

  private mutating func appendInstallLine(
    _ label: StaticString,
    _ command: StaticString,
    _ latest: Release,
    _ name: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    batch.content.append("<p><input readonly aria-label=\"")
    batch.content.append(label)
    batch.content.append("\" value=\"")
    batch.content.append(command)
    // A shell would read the `!` of an epoch as history.
    let isQuoted = text[latest.version].firstIndex(of: UInt8(ascii: "!"), from: 0) != nil
    if isQuoted { batch.content.append("&#39;") }
    batch.content.append(name)
    if latest.stability != .unknown {
      batch.content.append("==")
      batch.content.append(versionOf: latest, in: text)
    }
    if isQuoted { batch.content.append("&#39;") }
    batch.content.append("\"><button hidden>Copy</button>\n")
  }

  private static var projectStyle: StaticString {
    """

    p{display:flex;gap:.5rem;margin:.5rem 0}
    input,button{font:.9rem monospace;padding:.5rem .7rem;border:1px solid #888;\
    border-radius:.4rem}
    input{flex:1;min-width:0}
    dt{margin-top:1.2rem;font-weight:600}
    dd{margin:.3rem 0;font-size:.9rem;color:light-dark(#59636e,#9aa4af)}
    dd a{display:block}
    .i dt{float:left;margin:0}
    .i dd{margin-left:6rem}
    code{display:inline-block;width:9ch;overflow:clip;white-space:nowrap;\
    text-overflow:ellipsis;user-select:all}
    """
  }

  /// Adds the URL of the index to the lines, if a shell takes it as it is, and a button to copy.
  ///
  /// `execCommand` copies on plain http too, where an inner index often is.
  private static var installScript: StaticString {
    """
    for(const b of document.querySelectorAll("button")){
    const i=b.previousSibling,u=new URL("../../simple/",location)
    if(/^https?:[\\w:/.~%-]+$/.test(u))i.value+=" --index-url "+u
    b.hidden=false
    b.onclick=()=>{i.select();document.execCommand("copy");b.textContent="Copied"}}
    """
  }
}
