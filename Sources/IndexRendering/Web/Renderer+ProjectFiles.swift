import IndexModel
import StrictJSON

/// The releases of a project and their files, newest first.
extension Renderer {
  /// The releases that are not folded away.
  private static var openReleases: Int { 25 }

  mutating func appendReleases(of project: Project, _ catalog: borrowing Catalog) {
    let releases = project.releases
    batch.content.append("<section>\n<h2 id=\"releases\">")
    batch.content.append(count: releases.count, of: (" release", " releases"))
    batch.content.append("</h2>\n<ul class=\"releases\">\n")
    // Two or three more are not worth a fold.
    let isFolded = releases.count > Self.openReleases + 5
    let foldEnd = isFolded ? releases.upperBound - Self.openReleases : releases.lowerBound
    for index in releases.reversed() {
      if isFolded && index == foldEnd - 1 { openFold(foldEnd - releases.lowerBound) }
      appendRelease(index, of: project, catalog)
    }
    batch.content.append(isFolded ? "</ul>\n</details>\n</section>\n" : "</ul>\n</section>\n")
  }

  private mutating func openFold(_ count: Int) {
    batch.content.append("</ul>\n<details class=\"older\"><summary>")
    batch.content.append(count: count, of: (" older release", " older releases"))
    batch.content.append("</summary>\n<ul class=\"releases\">\n")
  }

  private mutating func appendRelease(
    _ index: Int,
    of project: Project,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let name = text[project.name]
    let release = catalog.releases[index]
    let isLatest = index == project.latest
    batch.content.append(
      isLatest ? "<li><details open><summary><b>" : "<li><details><summary><b>"
    )
    if release.stability == .unknown {
      batch.content.append("Without a version")
    } else {
      batch.content.append(versionOf: release, in: text)
    }
    batch.content.append("</b>")
    if isLatest && project.releases.count > 1 {
      batch.content.append(" <mark class=\"n\">latest</mark>")
    }
    appendMarks(release)
    batch.content.append("<span>")
    if let time = catalog.firstUpload(of: release) {
      batch.content.append("<time>")
      batch.content.append(date: time)
      batch.content.append("</time>, ")
    }
    batch.content.append(count: release.distributions.count, of: (" file", " files"))
    batch.content.append("</span>")
    let reason = release.isYanked ? catalog.yankedReason(of: release) : .none
    appendReason(text[reason])
    batch.content.append("</summary>\n<ul class=\"files\">\n")
    for place in release.distributions {
      let distribution = catalog.distributions[place]
      let facts = catalog.facts(of: distribution)
      appendFile(distribution, facts, of: name, text)
      // What is said of the whole release is not said again of each file.
      if facts.isYanked,
        !(release.isYanked && text[facts.yankedReason].elementsEqual(text[reason]))
      {
        batch.content.append("<p><mark class=\"y\">yanked</mark>")
        appendIsolated(" ", text[facts.yankedReason])
        batch.content.append("</p>")
      }
      batch.content.append("\n")
    }
    batch.content.append("</ul>\n</details>\n")
  }

  private mutating func appendReason(_ reason: borrowing Span<UInt8>) {
    if reason.isEmpty { return }
    batch.content.append("<bdi class=\"reason\">")
    batch.content.append(html: reason)
    batch.content.append("</bdi>")
  }

  private mutating func appendFile(
    _ distribution: Distribution,
    _ facts: Facts,
    of project: borrowing Span<UInt8>,
    _ text: borrowing Span<UInt8>
  ) {
    let filename = text[distribution.filename]
    batch.content.append("<li>")
    openFileLink(distribution, facts, of: project, from: .project, text)
    batch.content.append(filename)
    batch.content.append("</a>\n<p>")
    batch.content.append(kindOf: distribution.name, filename)
    if distribution.hasFacts { appendFacts(facts, text) }
    batch.content.append("</p>")
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
    appendIsolated(", Python ", text[facts.requiresPython])
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

  /// When the first file of a release was uploaded, if that is known.
  fileprivate func firstUpload(of release: Release) -> Timestamp? {
    guard hasFacts else { return nil }
    var first: Timestamp?
    for index in release.distributions {
      guard let time = facts(of: distributions[index]).uploadTime else { continue }
      if first.map({ time.microseconds < $0.microseconds }) ?? true { first = time }
    }
    return first
  }
}
