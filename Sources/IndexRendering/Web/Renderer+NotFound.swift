import StrictJSON

/// The page that a server shows for a path that is not there.
extension Renderer {
  mutating func renderNotFound() {
    openWebPage()
    batch.content.append("Not found - ")
    batch.content.append(html: options.title)
    openWebBody(style: "")
    // One file is shown for paths of any depth, below any prefix, so that every link written into
    // it is wrong somewhere: relative ones at other depths, `/` where the index has a prefix. The
    // script knows the path, and finds the folder that the index's own folders are in; without it
    // the page says in words where home is.
    batch.content.append(
      """
      <main>
      <h1>Not found</h1>
      <p>This index has no such page. The project may be called otherwise, or it was removed.</p>
      <p>The home page lists all projects. Its address is the part of this one before \
      <code>project/</code>, <code>changelog/</code> or <code>simple/</code>.</p>
      <p hidden><a>Go to the home page</a></p>
      <script>
      {const link=document.querySelector("a"),home=new URL(location)
      home.search=home.hash=""
      home.pathname=location.pathname.match(\
      /^(.*?\\/)(?:(?:project|simple|changelog)\\/.*|pypi\\/.*json|[^/]*)$/)[1]
      link.href=home
      link.parentNode.hidden=false}
      </script>

      """
    )
    closeWebPage()
    batch.paths.append("404.html")
    batch.endPage(.html, .root)
  }
}
