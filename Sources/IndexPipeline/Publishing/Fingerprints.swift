import IndexModel
import IndexRendering
import StrictJSON

/// What the pages of an index are made of, so that nothing is rendered twice from the same.
struct Fingerprints: Sendable {
  /// The records and the state of each project of the catalog.
  let projects: [PageDigest]

  /// Takes the fingerprints of a catalog, on all cores.
  ///
  /// - Complexity: O(bytes of its records).
  init(_ catalog: Catalog) async {
    projects = await onAllCores(catalog.projects.count) { Self.projects($0, of: catalog) }
      .flatMap(\.self)
  }

  private static func projects(_ range: Range<Int>, of catalog: Catalog) -> [PageDigest] {
    var lines = ByteBuffer()
    return range.map { index in
      lines.removeAll()
      catalog.appendFingerprint(of: catalog.projects[index], to: &lines)
      return PageDigest(lines.span)
    }
  }
}

extension Catalog {
  /// Appends all that the pages of a project are made of.
  fileprivate func appendFingerprint(of project: Project, to output: inout ByteBuffer) {
    if let status = status(of: project) {
      output.append(json: status.marker.rawValue)
      output.append(json: status.reason)
    }
    appendLinkedRequirements(of: project, to: &output)
    let text = text.span
    for index in project.distributions {
      let distribution = distributions[index]
      RecordEncoder.append(
        filename: text[distribution.filename],
        facts: facts(of: distribution),
        text: text,
        to: &output
      )
    }
  }
}

extension RenderOptions {
  /// What is chosen about the pages, and the version that makes them.
  var fingerprint: PageDigest {
    var text = ByteBuffer()
    appendFingerprint(to: &text)
    text.append(json: Release.version)
    return PageDigest(text.span)
  }
}
