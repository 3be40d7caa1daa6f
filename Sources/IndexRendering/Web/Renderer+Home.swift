import IndexModel
import StrictJSON

/// The home page: all projects, and a box to find one by a part of its name.
///
/// Rendered in parts, each with a list of its own: a browser lays out only the lists in view,
/// which keeps a page of 70,000 projects quick.
extension Renderer {
  mutating func renderHome(_ part: RootPart, _ catalog: borrowing Catalog) {
    if part.isFirst { appendHomeHead(catalog) }
    if catalog.projects.isEmpty {
      batch.content.append("<p>This index has no projects yet.</p>\n")
    } else {
      let text = catalog.text.span
      batch.content.append("<ul>\n")
      for index in part.projects { appendRow(catalog.projects[index], text, catalog) }
      batch.content.append("</ul>\n")
    }
    if part.isLast {
      batch.content.append("</div>\n")
      closeWebPage()
    }
    batch.paths.append("index.html")
    batch.endPage(.html, .root, continues: !part.isFirst)
  }

  private mutating func appendHomeHead(_ catalog: borrowing Catalog) {
    openWebPage()
    batch.content.append(html: options.title)
    openWebBody(style: Self.homeStyle)
    appendNavigation(root: "./")
    batch.content.append("<h1>")
    appendLogo()
    batch.content.append(html: options.title)
    batch.content.append("</h1>\n<p>")
    batch.content.append(count: catalog.projects.count, of: (" project", " projects"))
    batch.content.append(", ")
    batch.content.append(count: catalog.distributions.count, of: (" file", " files"))
    batch.content.append("</p>\n")
    if !catalog.projects.isEmpty {
      batch.content.append(Self.searchForm)
      batch.content.append("<script>\n")
      batch.content.append(Self.searchScript)
      batch.content.append("\n</script>\n")
    }
    batch.content.append("<div id=\"all\">\n")
  }

  private mutating func appendLogo() {
    guard !options.logo.isEmpty else { return }
    batch.content.append("<img src=\"")
    batch.content.append(html: options.logo)
    if options.logoWidth > 0 {
      batch.content.append("\" width=\"")
      batch.content.append(decimal: options.logoWidth)
    }
    // The title beside it says the same.
    batch.content.append("\" alt=\"\"> ")
  }

  private mutating func appendRow(
    _ project: Project,
    _ text: borrowing Span<UInt8>,
    _ catalog: borrowing Catalog
  ) {
    let name = text[project.name]
    let latest = catalog.releases[project.latest]
    batch.content.append("<li><a href=\"project/")
    batch.content.append(name)
    batch.content.append("/\">")
    batch.content.append(name)
    batch.content.append("</a> ")
    batch.content.append(versionOf: latest, in: text)
    appendMarks(latest)
    if let status = catalog.status(of: project) { appendMark(status) }
    batch.content.append("\n")
  }

  /// Appends what a project says of its state, PEP 792.
  mutating func appendMark(_ status: ProjectStatus) {
    batch.content.append(" <mark class=\"y\">")
    batch.content.append(html: status.marker.rawValue)
    batch.content.append("</mark>")
  }

  /// Appends what a person should know before installing a release.
  mutating func appendMarks(_ release: Release) {
    if release.stability == .prerelease { batch.content.append(" <mark>pre-release</mark>") }
    if release.isYanked { batch.content.append(" <mark class=\"y\">yanked</mark>") }
  }

  private static var homeStyle: StaticString {
    """

    img{max-width:100%;height:auto;vertical-align:middle}
    input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem .8rem;\
    border:1px solid #888;border-radius:.5rem}
    output{display:block;min-height:2rem;padding:.4rem 0;box-sizing:border-box;font-size:.9rem}
    ul{margin:0;padding:0}
    #all ul{content-visibility:auto;contain-intrinsic-size:auto 80rem}
    li{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .8rem;padding:.3rem 0;\
    border-bottom:1px solid #8883}
    li a{margin-right:auto}
    .off{content-visibility:hidden;height:0;overflow:hidden}
    """
  }

  /// The box to search in, hidden until the script is there that makes it work.
  private static var searchForm: StaticString {
    """
    <form role="search" hidden>
    <input type="search" name="q" placeholder="Search projects" aria-label="Search projects" \
    autocomplete="off" spellcheck="false" aria-keyshortcuts="/">
    <output></output>
    </form>
    <ul id="found"></ul>

    """
  }

  /// Finds projects whose names hold all words, in any order.
  ///
  /// Names are normalized already, so that the words are made alike. Only the links found are
  /// copied into view, at most 200: the time of a key press hardly grows with the index. The list
  /// itself is passed over rather than removed, which is quicker, and its names are read as one
  /// text. An exact name comes first, then names that begin with the first word.
  private static var searchScript: StaticString {
    """
    {const form=document.forms[0],box=form.q,say=form.querySelector("output"),most=200
    const found=document.getElementById("found")
    let all,rows,names
    const search=()=>{
      if(!names)return
      const words=box.value.toLowerCase().replace(/[-_.]+/g,"-").split(/\\s+/).filter(Boolean)
      const exact=words.join("-"),ranks=[[],[],[]]
      if(words.length)names.forEach((name,i)=>{
        if(words.every(word=>name.includes(word)))
          ranks[name===exact?0:name.startsWith(words[0])?1:2].push(i)
      })
      const hits=ranks.flat()
      found.replaceChildren(...hits.slice(0,most).map(i=>rows[i].cloneNode(true)))
      all.className=words.length?"off":""
      say.value=!words.length?"":hits.length.toLocaleString("en")+" of "
        +names.length.toLocaleString("en")+(hits.length>most?", the first "+most+" shown":"")
    }
    form.hidden=false
    box.oninput=search
    form.onsubmit=event=>{
      event.preventDefault()
      search()
      found.querySelector("a")?.click()
    }
    document.onkeydown=event=>{
      if(event.key==="/"&&event.target!==box&&!event.ctrlKey&&!event.metaKey&&!event.altKey){
        event.preventDefault()
        box.focus()
      }
    }
    box.value=new URLSearchParams(location.search).get("q")||""
    document.addEventListener("DOMContentLoaded",()=>{
      all=document.getElementById("all")
      rows=all.querySelectorAll("li")
      names=all.textContent.split("\\n").filter(Boolean).map(row=>row.slice(0,row.indexOf(" ")))
      search()
    })}
    """
  }
}
