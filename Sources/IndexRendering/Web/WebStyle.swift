/// The style that all pages for people share.
///
/// Colours follow the reader's light or dark mode through `color-scheme`; a browser that does not
/// know `light-dark()` keeps its own colours, which follow the mode too. Terse, since it stands on
/// every page.
enum WebStyle {
  static var shared: StaticString {
    """
    :root{color-scheme:light dark}
    body{max-width:52rem;margin:auto;padding:0 1rem 2rem;font:1rem/1.5 system-ui;\
    overflow-wrap:anywhere}
    nav{display:flex;gap:1.2rem;padding:.8rem 0;border-bottom:1px solid #8885}
    a{color:light-dark(#0550ae,#7ab7ff)}
    a:not(:hover){text-decoration:none}
    h1{line-height:1.2}
    mark{padding:.1em .5em;border-radius:1em;background:#e3a30040;color:inherit;\
    font-size:.8rem}
    .y{background:#f03e3e45}
    """
  }
}
