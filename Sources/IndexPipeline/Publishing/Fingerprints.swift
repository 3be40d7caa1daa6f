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
    let count = catalog.projects.count
    let size = max(1, (count + coreCount * 4 - 1) / (coreCount * 4))
    let parts = await withTaskGroup(of: (Int, [PageDigest]).self) { group in
      for start in stride(from: 0, to: count, by: size) {
        group.addTask {
          (start, Self.projects(start..<min(start + size, count), of: catalog))
        }
      }
      return await group.reduce(into: [Int: [PageDigest]]()) { $0[$1.0] = $1.1 }
    }
    projects = stride(from: 0, to: count, by: size).flatMap { parts[$0] ?? [] }
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
