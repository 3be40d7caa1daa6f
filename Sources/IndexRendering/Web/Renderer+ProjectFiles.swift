import IndexModel
import StrictJSON

/// The releases of a project and their files, newest first.
extension Renderer {
  /// The releases that are not folded away.
  private static var openReleases: Int { 15 }

  mutating func appendReleases(of project: Project, _ catalog: borrowing Catalog) {
    let releases = project.releases
    batch.content.append("<h2>")
    batch.content.append(count: releases.count, of: (" release", " releases"))
    batch.content.append("</h2>\n<dl>\n")
    // Two or three more are not worth a fold.
    let isFolded = releases.count > Self.openReleases + 5
    let foldEnd = isFolded ? releases.upperBound - Self.openReleases : releases.lowerBound
    for index in releases.reversed() {
      if isFolded && index == foldEnd - 1 { openFold(foldEnd - releases.lowerBound) }
      let isLatest = index == project.latest && releases.count > 1
      appendRelease(catalog.releases[index], of: project, isLatest: isLatest, catalog)
    }
    batch.content.append(isFolded ? "</dl>\n</details>\n" : "</dl>\n")
  }

  private mutating func openFold(_ count: Int) {
    batch.content.append("</dl>\n<details><summary>")
    batch.content.append(count: count, of: (" older release", " older releases"))
    batch.content.append("</summary>\n<dl>\n")
  }

  private mutating func appendRelease(
    _ release: Release,
    of project: Project,
    isLatest: Bool,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let name = text[project.name]
    if release.stability == .unknown {
      batch.content.append("<dt>Without a version")
    } else {
      batch.content.append("<dt>")
      batch.content.append(versionOf: release, in: text)
    }
    if isLatest { batch.content.append(" <small>latest</small>") }
    appendMarks(release)
    let reason = release.isYanked ? catalog.yankedReason(of: release) : .none
    appendIsolated(" ", text[reason])
    batch.content.append("\n")
    for index in release.distributions {
      let distribution = catalog.distributions[index]
      let facts = catalog.facts(of: distribution)
      appendFile(distribution, facts, of: name, text)
      // What is said of the whole release is not said again of each file.
      if facts.isYanked,
        !(release.isYanked && text[facts.yankedReason].elementsEqual(text[reason]))
      {
        batch.content.append(" <mark class=\"y\">yanked</mark>")
        appendIsolated(" ", text[facts.yankedReason])
      }
      batch.content.append("\n")
    }
  }

  private mutating func appendFile(
    _ distribution: Distribution,
    _ facts: Facts,
    of project: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    let filename = text[distribution.filename]
    batch.content.append("<dd>")
    openFileLink(distribution, facts, of: project, from: .project, text)
    batch.content.append(filename)
    batch.content.append("</a> ")
    batch.content.append(kindOf: distribution.name, filename)
    if distribution.hasFacts { appendFacts(facts, text) }
  }

  private mutating func appendFacts(_ facts: Facts, _ text: borrowing Span<UInt8>) {
    if facts.size >= 0 {
      batch.content.append(facts.isSizeApproximate ? ", about " : ", ")
      batch.content.append(size: facts.size)
    }
    if let time = facts.uploadTime {
      batch.content.append(", <time>")
      batch.content.append(date: time)
      batch.content.append("</time>")
    }
    appendIsolated(", by ", text[facts.uploadedBy])
    appendIsolated(", from ", text[facts.origin])
    appendDigest(text[facts.hashes])
  }

  /// Appends text that could turn the direction of what stands beside it.
  private mutating func appendIsolated(_ label: StaticString, _ value: borrowing Span<UInt8>) {
    if value.isEmpty { return }
    batch.content.append(label)
    batch.content.append("<bdi>")
    batch.content.append(html: value)
    batch.content.append("</bdi>")
  }

  /// Appends the strongest digest, which the style shortens and a click selects whole.
  private mutating func appendDigest(_ hashes: borrowing Span<UInt8>) {
    if hashes.isEmpty { return }
    var isWritten = false
    DigestList.forEach(in: hashes) { name, value in
      if isWritten { return }
      batch.content.append(", ")
      batch.content.append(html: name)
      batch.content.append(" <code>")
      batch.content.append(html: value)
      batch.content.append("</code>")
      isWritten = true
    }
  }
}

extension Catalog {
  /// The first reason that a file of a yanked release gives.
  fileprivate func yankedReason(of release: Release) -> TextRange {
    for index in release.distributions {
      let reason = facts(of: distributions[index]).yankedReason
      if !reason.isEmpty { return reason }
    }
    return .none
  }
}
