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
    let layout = options.layout.notFound
    for segment in layout.segments {
      batch.content.append(segment, of: layout)
      switch segment.part {
      case .script:
        batch.content.append("<script>\n")
        let script = PackageResources.not_found_js
        batch.content.append(script.span)
        batch.content.append("</script>\n")
      case .scriptDigest: batch.content.append(Self.scriptDigest)
      default: append(frame: segment.part, at: .elsewhere)
      }
    }
    batch.paths.append("404.html")
    batch.endPage(.html, .root)
  }
}
