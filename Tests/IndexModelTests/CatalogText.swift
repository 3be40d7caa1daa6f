import IndexModel
import StrictJSON

extension RecordBatch {
  /// A batch of file names, on lines from 1.
  init(_ filenames: [String], source: Int = 0) throws {
    self.init()
    for (index, filename) in filenames.enumerated() {
      try append(filename: filename.utf8Span.span, line: index + 1)
    }
    setSource(source)
  }
}

extension Catalog {
  /// A catalog of file names.
  static func make(_ filenames: String...) async throws -> Catalog {
    await build(from: try RecordBatch(filenames)).catalog
  }

  /// The catalog for people: a line a project, then a line a release.
  var lines: [String] {
    projects.flatMap { project in
      [String(decoding: text.span[project.name])]
        + project.releases.map { line(of: releases[$0], isLatest: $0 == project.latest) }
    }
  }

  private func line(of release: Release, isLatest: Bool) -> String {
    var version: [UInt8] = []
    release.appendVersion(in: text.span, to: &version)
    let files = release.distributions.map {
      String(decoding: text.span[distributions[$0].filename])
    }
    return
      (["-", String(decoding: version.span), "\(release.stability)"]
      + (release.isYanked ? ["yanked"] : []) + (isLatest ? ["latest"] : []) + ["="] + files)
      .joined(separator: " ")
  }

  /// All that is known of all distributions, as JSON lines in the catalog's order.
  var records: String {
    var output = ByteBuffer()
    for distribution in distributions {
      RecordEncoder.append(
        filename: text.span[distribution.filename],
        facts: facts(of: distribution),
        text: text.span,
        to: &output
      )
    }
    return String(decoding: output.span)
  }
}
