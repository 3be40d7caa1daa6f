import IndexModel
import StrictJSON

/// The page that a server shows for a path that is not there.
///
/// One file is shown for paths of any depth, below any prefix, so that every link written into it is
/// wrong somewhere: relative ones at other depths, `/` where the index has a prefix. The script knows
/// the path, and finds the folder that the index's own folders are in; without it the page says in
/// words where home is. It is the only script that stands in a page, and the policy names its digest.
extension Renderer {
  /// The digest of the script between its tags, which begins with a line feed.
  private static var scriptDigest: StaticString {
    "sha256-CUIMNopAAJlIJiB73Mca/KO+U3HcEnXqGiBvEqwXIzs="
  }

  mutating func renderNotFound() {
    batch.content.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; \
      style-src &#39;self&#39;; img-src data:; form-action &#39;self&#39;; base-uri &#39;none&#39;; \
      script-src &#39;
      """
    )
    batch.content.append(Self.scriptDigest)
    batch.content.append(
      """
      &#39;">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>Not found - 
      """
    )
    batch.content.append(html: options.title)
    batch.content.append("</title>\n<script>\n")
    let script = PackageResources.not_found_js
    batch.content.append(script.span)
    batch.content.append("</script>\n</head>\n<body>\n<header><a class=\"brand\">")
    batch.content.append(html: options.title)
    batch.content.append(
      """
      </a>
      <form class="scripted" role="search" hidden><input type="search" name="q" aria-label="Search projects" \
      autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="Search projects"></form>
      </header>
      <main>
      <h1>Not found</h1>
      <p class="lead">This index has no such page. The project may be called otherwise, or it was \
      removed.</p>
      <p>The home page leads to all projects. Its address is the part of this one before \
      <code>project/</code>, <code>changelog/</code> or <code>simple/</code>.</p>
      <p class="scripted" hidden><a>Go to the home page</a></p>

      """
    )
    closeWebPage()
    batch.paths.append("404.html")
    batch.endPage(.html, .root)
  }
}
