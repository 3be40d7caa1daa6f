import IndexModel
package import StrictJSON

extension RenderOptions {
  /// Appends all that is chosen, so that pages made with other options can be told from these.
  package func appendFingerprint(to output: inout ByteBuffer) {
    output.append(json: fileURL.before.span)
    output.append(json: fileURL.after.span)
    output.append(json: title)
    output.append(json: logo)
    for number in [logoWidth, perReleaseJSON ? 1 : 0, pages.rawValue] {
      output.append(decimal: number)
      output.append(",")
    }
    if let generatedAt { output.append(epochSeconds: generatedAt) }
  }
}
