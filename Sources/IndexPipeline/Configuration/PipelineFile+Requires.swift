import IndexModel
import StrictJSON

extension PipelineFile {
  /// Whether a text is meant to be a pipeline: it has one of the fields of every pipeline, or is
  /// broken, and not a part of a pipeline, a schema or another file beside one.
  public static func isPipeline(_ bytes: [UInt8]) -> Bool {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(parsing: bytes, maximumDepth: 32, maximumSize: maximumSize).root
    } catch {
      return true
    }
    return ["version", "sources", "render", "sinks"].contains { root[$0] != nil }
  }

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
