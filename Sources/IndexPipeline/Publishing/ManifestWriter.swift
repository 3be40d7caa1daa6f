import IndexModel
import IndexRendering
import StrictJSON

/// Writes the manifest of an index that was published.
struct ManifestWriter {
  private let catalog: Catalog
  private let fingerprints: Fingerprints
  private let head: ManifestHead
  /// The pages that were rendered, by their project; those of none have an empty name.
  private var pages: [[UInt8]: [(path: [UInt8], digest: PageDigest)]] = [:]

  init(
    _ catalog: Catalog,
    _ fingerprints: Fingerprints,
    _ head: ManifestHead,
    _ rendered: [RenderedPage]
  ) {
    self.catalog = catalog
    self.head = head
    self.fingerprints = fingerprints
    for page in rendered {
      var project: [UInt8] = []
      if case .project(let name) = PagePath(page.path.span) { project = Array(page.path[name]) }
      pages[project, default: []].append((page.path, page.digest))
    }
  }

  /// Appends the manifest; what was not rendered is as another one says.
  ///
  /// - Parameter files: The files that were published.
  func append(
    over old: Manifest?,
    _ files: [[UInt8]: PublishedFile],
    to output: inout ByteBuffer
  ) {
    let start = output.count
    head.append(to: &output)
    for (index, project) in catalog.projects.enumerated() {
      let name = Array(catalog.text.span[project.name])
      if let pages = pages[name] {
        output.append("{\"project\":\"")
        output.append(name.span)
        output.append("\",\"fingerprint\":\"")
        output.append(utf8: fingerprints.projects[index].text)
        output.append("\",\"count\":")
        output.append(decimal: pages.count)
        output.append(",\"pages\":")
        append(pages, to: &output)
        output.append("}\n")
      } else if let old, let place = old.index(of: name.span) {
        output.append(Array(old.line(of: old.projects[place])).span)
        output.append("\n")
      }
    }
    for (path, file) in files.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      file.append(path: path, to: &output)
    }
    output.append("{\"pages\":")
    append(pages[[]] ?? [], to: &output)
    Self.append(PageDigest(output.span.extracting(start...)), to: &output)
  }

  /// How many bytes the end of a manifest has: the digest of all before it.
  static let digestByteCount =
    ",\"digest\":\"\"}\n".utf8.count + PageDigest.ofNothing.text.utf8.count

  /// Appends the end of a manifest.
  static func append(_ digest: PageDigest, to output: inout ByteBuffer) {
    output.append(",\"digest\":\"")
    output.append(utf8: digest.text)
    output.append("\"}\n")
  }

  private func append(
    _ pages: [(path: [UInt8], digest: PageDigest)],
    to output: inout ByteBuffer
  ) {
    output.append("{")
    let sorted = pages.sorted { $0.path.span.lexicographicallyPrecedes($1.path.span) }
    for (number, page) in sorted.enumerated() {
      if number > 0 { output.append(",") }
      output.append(json: page.path.span)
      output.append(":\"")
      output.append(utf8: page.digest.text)
      output.append("\"")
    }
    output.append("}")
  }
}

/// A page that was rendered.
struct RenderedPage: Sendable {
  let path: [UInt8]
  let digest: PageDigest
}
