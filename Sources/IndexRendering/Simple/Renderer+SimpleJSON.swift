import IndexModel
import StrictJSON

/// The JSON form of the simple API.
///
/// Source: PEP 691, 700, 714, 740 and 792. What is not known is left out, never `null`: uv refuses a
/// page with `null` for a size, a time or a yank.
extension Renderer {
  mutating func renderSimpleJSON(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let name = text[project.name]
    batch.paths.append("simple/")
    batch.paths.append(name)
    batch.paths.append("/index.v1_json")
    // Versions from 1.1 on oblige a page to give each file a size and a version.
    batch.content.append(
      catalog.hasSizesAndVersions(project)
        ? "{\"meta\":{\"api-version\":\"1.4\"},\"name\":\""
        : "{\"meta\":{\"api-version\":\"1.0\"},\"name\":\""
    )
    batch.content.append(name)
    batch.content.append("\",\"versions\":[")
    appendVersions(project, catalog)
    batch.content.append("],")
    let status = catalog.status(of: project)
    if let status { appendStatus(status) }
    batch.content.append("\"files\":[")
    let offered = project.offered(status)
    for index in offered.reversed() {
      appendFile(catalog.distributions[index], name, catalog)
      if index > offered.lowerBound { batch.content.append(",") }
    }
    batch.content.append("]}\n")
    batch.endPage(.simpleJSON, .project)
  }

  private mutating func appendStatus(_ status: ProjectStatus) {
    batch.content.append("\"project-status\":{\"status\":")
    batch.content.append(json: status.marker.rawValue)
    if !status.reason.utf8.isEmpty {
      batch.content.append(",\"reason\":")
      batch.content.append(json: status.reason)
    }
    batch.content.append("},")
  }

  private mutating func appendVersions(_ project: Project, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    var isFirst = true
    for index in project.releases where catalog.releases[index].stability != .unknown {
      batch.content.append(isFirst ? "\"" : ",\"")
      batch.content.append(versionOf: catalog.releases[index], in: text)
      batch.content.append("\"")
      isFirst = false
    }
  }

  private mutating func appendFile(
    _ distribution: Distribution,
    _ project: borrowing Span<UInt8>,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let facts = catalog.facts(of: distribution)
    batch.content.append("{\"filename\":\"")
    batch.content.append(text[distribution.filename])
    batch.content.append("\",\"url\":\"")
    links.append(distribution, facts, project: project, from: .simple, text, to: &batch.content)
    guard distribution.hasFacts else {
      batch.content.append("\",\"hashes\":{},\"yanked\":false}")
      return
    }
    batch.content.append("\",\"hashes\":{")
    appendKnownDigests(text[facts.hashes])
    batch.content.append("}")
    appendMember(",\"requires-python\":", text[facts.requiresPython])
    if links.allowsMetadata(facts, text) { appendMetadata(facts.coreMetadata, text) }
    if let hasSignature = facts.hasSignature {
      batch.content.append(hasSignature ? ",\"gpg-sig\":true" : ",\"gpg-sig\":false")
    }
    if let size = facts.exactSize {
      batch.content.append(",\"size\":")
      batch.content.append(decimal: Int(size))
    }
    if let time = facts.uploadTime {
      batch.content.append(",\"upload-time\":\"")
      batch.content.append(rfc3339: time)
      batch.content.append("\"")
    }
    appendMember(",\"provenance\":", text[facts.provenance])
    if facts.yankedReason.isEmpty {
      batch.content.append(facts.isYanked ? ",\"yanked\":true}" : ",\"yanked\":false}")
    } else {
      appendMember(",\"yanked\":", text[facts.yankedReason])
      batch.content.append("}")
    }
  }

  private mutating func appendMember(_ key: StaticString, _ value: borrowing Span<UInt8>) {
    guard !value.isEmpty else { return }
    batch.content.append(key)
    batch.content.append(json: value)
  }

  /// Appends the members of `hashes`, of algorithms that every client knows, strongest first.
  private mutating func appendKnownDigests(_ hashes: borrowing Span<UInt8>) {
    var isFirst = true
    DigestList.forEach(in: hashes) { name, value in
      guard HashAlgorithm(name) != nil else { return }
      batch.content.append(isFirst ? "\"" : ",\"")
      batch.content.append(name)
      batch.content.append("\":\"")
      batch.content.append(value)
      batch.content.append("\"")
      isFirst = false
    }
  }

  private mutating func appendMetadata(
    _ metadata: Facts.CoreMetadata,
    _ text: borrowing Span<UInt8>
  ) {
    switch metadata {
    case .unknown: return
    case .absent: batch.content.append(",\"core-metadata\":false")
    case .present: batch.content.append(",\"core-metadata\":true")
    case .digest(let digest):
      batch.content.append(",\"core-metadata\":")
      RecordEncoder.appendDigests(text[digest], to: &batch.content)
    }
  }

  mutating func renderSimpleRootJSON(_ part: RootPart, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    if part.isFirst {
      batch.content.append("{\"meta\":{\"api-version\":\"1.4\"},\"projects\":[")
    }
    for index in part.projects {
      batch.content.append(index == 0 ? "{\"name\":\"" : ",{\"name\":\"")
      batch.content.append(text[catalog.projects[index].name])
      batch.content.append("\"}")
    }
    if part.isLast { batch.content.append("]}\n") }
    batch.paths.append("simple/index.v1_json")
    batch.endPage(.simpleJSON, .root, continues: !part.isFirst)
  }
}

extension Catalog {
  fileprivate func hasSizesAndVersions(_ project: Project) -> Bool {
    guard hasFacts else { return false }
    for index in project.distributions where facts(of: distributions[index]).exactSize == nil {
      return false
    }
    for index in project.releases where releases[index].stability == .unknown { return false }
    return true
  }
}
