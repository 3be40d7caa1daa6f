import IndexModel
import StrictJSON

/// The HTML form of the simple API, frozen at version 1.4.
///
/// Source: PEP 503, 592, 629, 658, 714, 792 and 833.
extension Renderer {
  mutating func renderSimpleHTML(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let name = text[project.name]
    batch.paths.append("simple/")
    batch.paths.append(name)
    batch.paths.append("/index.html")
    batch.content.append(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="pypi:repository-version" content="1.4">

      """
    )
    let status = catalog.status(of: project)
    if let status { appendStatus(status) }
    batch.content.append("<title>Links for ")
    batch.content.append(name)
    batch.content.append("</title>\n</head>\n<body>\n<h1>Links for ")
    batch.content.append(name)
    batch.content.append("</h1>\n")
    appendGeneratedOn()
    let showsSignatures = catalog.knowsSignatures(of: project)
    for index in project.offered(status).reversed() {
      appendAnchor(catalog.distributions[index], name, catalog, showsSignatures: showsSignatures)
    }
    batch.content.append("</body>\n</html>\n")
    batch.endPage(.html, .project)
  }

  /// Appends the state of a project that is not simply active, PEP 792.
  private mutating func appendStatus(_ status: ProjectStatus) {
    batch.content.append("<meta name=\"pypi:project-status\" content=\"")
    batch.content.append(html: status.marker.rawValue)
    batch.content.append("\">\n")
    guard !status.reason.utf8.isEmpty else { return }
    batch.content.append("<meta name=\"pypi:project-status-reason\" content=\"")
    batch.content.append(html: status.reason)
    batch.content.append("\">\n")
  }

  private mutating func appendAnchor(
    _ distribution: Distribution,
    _ project: borrowing Span<UInt8>,
    _ catalog: borrowing Catalog,
    showsSignatures: Bool
  ) {
    let text = catalog.text.span
    let facts = catalog.facts(of: distribution)
    batch.content.append("<a href=\"")
    links.appendHTML(
      distribution,
      facts,
      project: project,
      from: .simple,
      text,
      to: &batch.content
    )
    appendFragment(text[facts.hashes])
    batch.content.append("\"")
    if distribution.hasFacts || showsSignatures {
      appendAttributes(facts, text, showsSignatures: showsSignatures)
    }
    batch.content.append(">")
    batch.content.append(text[distribution.filename])
    batch.content.append("</a><br>\n")
  }

  /// Appends `#name=digits` of the strongest digest that every client can check.
  mutating func appendFragment(_ hashes: borrowing Span<UInt8>) {
    guard !hashes.isEmpty else { return }
    var isWritten = false
    DigestList.forEach(in: hashes) { name, value in
      guard !isWritten, let algorithm = HashAlgorithm(name), algorithm.isAllowedInFragment else {
        return
      }
      batch.content.append("#")
      batch.content.append(name)
      batch.content.append("=")
      batch.content.append(value)
      isWritten = true
    }
  }

  private mutating func appendAttributes(
    _ facts: Facts,
    _ text: borrowing Span<UInt8>,
    showsSignatures: Bool
  ) {
    appendAttribute(" data-requires-python=\"", text[facts.requiresPython])
    if links.allowsMetadata(facts, text) { appendMetadata(facts.coreMetadata, text) }
    if facts.isYanked {
      // Always with a value: pip takes a bare attribute for no attribute.
      batch.content.append(" data-yanked=\"")
      batch.content.append(html: text[facts.yankedReason])
      batch.content.append("\"")
    }
    if showsSignatures {
      batch.content.append(" data-gpg-sig=\"")
      batch.content.append(facts.hasSignature == true ? "true\"" : "false\"")
    }
    if let time = facts.uploadTime {
      batch.content.append(" data-upload-time=\"")
      batch.content.append(rfc3339: time)
      batch.content.append("\"")
    }
    if let size = facts.exactSize {
      batch.content.append(" data-size=\"")
      batch.content.append(decimal: Int(size))
      batch.content.append("\"")
    }
    appendAttribute(" data-provenance=\"", text[facts.provenance])
  }

  private mutating func appendAttribute(_ key: StaticString, _ value: borrowing Span<UInt8>) {
    guard !value.isEmpty else { return }
    batch.content.append(key)
    batch.content.append(html: value)
    batch.content.append("\"")
  }

  /// Appends the attribute under both of its names: pip before 23.2 and uv know the older one.
  private mutating func appendMetadata(
    _ metadata: Facts.CoreMetadata,
    _ text: borrowing Span<UInt8>
  ) {
    switch metadata {
    case .unknown, .absent: return
    case .present:
      batch.content.append(" data-core-metadata=\"true\" data-dist-info-metadata=\"true\"")
    case .digest(let digest):
      appendAttribute(" data-core-metadata=\"", text[digest])
      appendAttribute(" data-dist-info-metadata=\"", text[digest])
    }
  }

  mutating func renderSimpleRootHTML(_ part: RootPart, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    if part.isFirst {
      batch.content.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="pypi:repository-version" content="1.4">
        <title>Simple index</title>
        </head>
        <body>
        <h1>Simple index</h1>

        """
      )
      appendGeneratedOn()
    }
    for index in part.projects {
      let name = text[catalog.projects[index].name]
      batch.content.append("<a href=\"")
      batch.content.append(name)
      batch.content.append("/\">")
      batch.content.append(name)
      batch.content.append("</a><br>\n")
    }
    if part.isLast { batch.content.append("</body>\n</html>\n") }
    batch.paths.append("simple/index.html")
    batch.endPage(.html, .root, continues: !part.isFirst)
  }

  /// Appends the moment of the run, if it is wanted.
  mutating func appendGeneratedOn() {
    guard let time = options.generatedAt else { return }
    batch.content.append("<p>Generated on ")
    batch.content.append(date: time)
    batch.content.append(" ")
    batch.content.append(timeOfDay: time)
    batch.content.append(".</p>\n")
  }
}

extension Project {
  /// The distributions that pages for installers offer: none of a project that is quarantined.
  func offered(_ status: ProjectStatus?) -> Range<Int> {
    status?.marker == .quarantined ? 0..<0 : distributions
  }
}

extension Catalog {
  /// Whether a file of the project is known to have a signature or to have none: then every link
  /// of its page says so.
  func knowsSignatures(of project: Project) -> Bool {
    guard hasFacts else { return false }
    for index in project.distributions
    where facts(of: distributions[index]).hasSignature != nil { return true }
    return false
  }
}
