import IndexModel
import StrictJSON

extension PipelineFile {
  /// Compares the release that a file is made for with this one, before anything else is looked
  /// at: what is new would be reported as a mistake.
  ///
  /// - Returns: Whether the file is for this release.
  func isMet(requirementOf root: JSONValue) -> Bool {
    guard let field = root["requires"], let wanted = field.string else { return true }
    let version = text.log.surroundings.version
    do throws(InvalidVersionSpecifier) {
      switch try VersionSpecifierSet(wanted).match(version.utf8Span.span) {
      case .release, .prerelease: return true
      case .none, .legacy: break
      }
    } catch {
      text.refuse(
        "wrong-value",
        "\"requires\": \"\(wanted)\" is not a version specifier",
        at: field.range,
        JSONPointer().appending(key: "requires"),
        caret: "write one such as \">=\(version)\""
      )
      return true
    }
    text.refuse(
      "needs-newer-release",
      "this file requires larder \(wanted); this is larder \(version)",
      at: field.range,
      JSONPointer().appending(key: "requires"),
      caret: "not met by \(version)",
      notes: [
        "the rest of the file was not checked, since newer fields would be reported as mistakes"
      ]
    )
    return false
  }
}
