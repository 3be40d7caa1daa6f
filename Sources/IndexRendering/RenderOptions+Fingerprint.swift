import IndexModel
package import StrictJSON

extension RenderOptions {
  /// Appends all that is chosen, so that pages made with other options can be told from these.
  package func appendFingerprint(to output: inout ByteBuffer) {
    output.append(json: fileURL.before.span)
    output.append(json: fileURL.after.span)
    output.append(json: title)
    output.append(json: logo)
    output.append(json: siteURL)
    for link in links {
      output.append(json: link.label)
      output.append(json: link.url)
    }
    output.append(json: accent.light ?? "")
    output.append(json: accent.dark ?? "")
    output.append(json: footer)
    output.append(json: layout.digest.text)
    for number in [logoWidth, perReleaseJSON ? 1 : 0, pages.rawValue] {
      output.append(decimal: number)
      output.append(",")
    }
    if let generatedAt { output.append(epochSeconds: generatedAt) }
  }
}
