import IndexModel
import StrictJSON

/// The object `info` of the legacy JSON API.
extension Renderer {
  /// Opens a page with `info`, the last serial and the ownership.
  ///
  /// - Parameters:
  ///   - release: The release that `info` describes.
  ///   - project: Its project.
  ///   - description: The facts of the file whose description stands there.
  ///   - distributions: The files that the page is about: its serial tells of no others, so that a
  ///     new release changes no page of those before.
  ///   - toRoot: The way to the root of the index.
  mutating func appendInfo(
    _ release: Release,
    of project: Project,
    description: Facts,
    about distributions: Range<Int>,
    toRoot: StaticString,
    _ catalog: borrowing Catalog
  ) {
    let text = catalog.text.span
    let name = text[project.name]
    appendDescription(description, text)
    appendPages(text[catalog.firstText(\.projectURLs, of: release)])
    batch.content.append(name)
    batch.content.append("\", \"version\": ")
    if release.stability == .unknown {
      batch.content.append("null")
    } else {
      batch.content.append("\"")
      batch.content.append(versionOf: release, in: text)
      batch.content.append("\"")
    }
    appendProjectURLs(name, toRoot: toRoot)
    if catalog.hasFacts {
      appendInfoFacts(release, catalog)
    } else {
      batch.content.append(
        """
        , "license": null, "summary": null, "requires_dist": null, "requires_python": null, \
        "yanked": false, "yanked_reason": null}
        """
      )
    }
    batch.content.append(", \"last_serial\": ")
    batch.content.append(decimal: catalog.hasFacts ? catalog.lastSerial(of: distributions) : 0)
    batch.content.append(", \"ownership\": {\"organization\": null, \"roles\": []}")
  }

  /// Appends the members before and behind the description.
  private mutating func appendDescription(_ facts: Facts, _ text: borrowing Span<UInt8>) {
    batch.content.append(
      """
      {"info": {"author": null, "author_email": null, "bugtrack_url": null, "classifiers": [], \
      "description":\u{20}
      """
    )
    if facts.description.isEmpty {
      batch.content.append("\"\", \"description_content_type\": null")
    } else {
      batch.content.append(json: text[facts.description])
      batch.content.append(", \"description_content_type\": ")
      appendTextOrNull(text[facts.descriptionContentType])
    }
    batch.content.append(", \"docs_url\": null, \"download_url\": ")
  }

  /// Appends the members from `download_url` to `name`, of which some are pages of the project.
  private mutating func appendPages(_ list: borrowing Span<UInt8>) {
    appendTextOrNull(list.extracting(ProjectURLs.url(of: "download", in: list)))
    batch.content.append(
      """
      , "downloads": {"last_day": -1, "last_month": -1, "last_week": -1}, "dynamic": null, \
      "home_page":\u{20}
      """
    )
    appendTextOrNull(list.extracting(ProjectURLs.url(of: "homepage", in: list)))
    batch.content.append(
      """
      , "keywords": null, "license_expression": null, "license_files": null, "maintainer": null, \
      "maintainer_email": null, "platform": "UNKNOWN", "project_urls":\u{20}
      """
    )
    if list.isEmpty {
      batch.content.append("null")
    } else {
      RecordEncoder.appendProjectURLs(list, to: &batch.content)
    }
    batch.content.append(", \"provides_extra\": null, \"name\": \"")
  }

  private mutating func appendProjectURLs(
    _ name: borrowing Span<UInt8>,
    toRoot: StaticString
  ) {
    appendProjectURL(", \"package_url\": \"", name, toRoot: toRoot)
    appendProjectURL(", \"project_url\": \"", name, toRoot: toRoot)
    appendProjectURL(", \"release_url\": \"", name, toRoot: toRoot)
  }

  private mutating func appendProjectURL(
    _ key: StaticString,
    _ name: borrowing Span<UInt8>,
    toRoot: StaticString
  ) {
    batch.content.append(key)
    batch.content.append(toRoot)
    batch.content.append("project/")
    batch.content.append(name)
    batch.content.append("/\"")
  }

  private mutating func appendInfoFacts(_ release: Release, _ catalog: borrowing Catalog) {
    let text = catalog.text.span
    let facts = catalog.bestFacts(of: release)
    batch.content.append(", \"license\": ")
    appendTextOrNull(text[catalog.firstText(\.license, of: release)])
    batch.content.append(", \"summary\": ")
    appendTextOrNull(text[catalog.firstText(\.summary, of: release)])
    batch.content.append(", \"requires_dist\": ")
    if facts.knowsRequiresDist {
      RecordEncoder.appendRequirements(
        text[facts.requiresDist],
        separator: ", ",
        to: &batch.content
      )
    } else {
      batch.content.append("null")
    }
    batch.content.append(", \"requires_python\": ")
    appendTextOrNull(text[facts.requiresPython])
    batch.content.append(release.isYanked ? ", \"yanked\": true" : ", \"yanked\": false")
    batch.content.append(", \"yanked_reason\": ")
    appendTextOrNull(
      text[release.isYanked ? catalog.firstText(\.yankedReason, of: release) : .none]
    )
    batch.content.append("}")
  }
}

extension Catalog {
  /// The facts of the file that says most about its release; the first of those that say as much.
  ///
  /// Facts of different files are not mixed: Poetry relies on requirements that belong together.
  func bestFacts(of release: Release) -> Facts {
    var best = Facts.unknown
    var bestScore = -1
    for index in release.distributions {
      let facts = facts(of: distributions[index])
      let score = (facts.requiresDist.isEmpty ? 0 : 1) + (facts.requiresPython.isEmpty ? 0 : 1)
      if score > bestScore { (best, bestScore) = (facts, score) }
    }
    return best
  }

  /// A number that grows when files are added: the moment of the newest one, in seconds.
  fileprivate func lastSerial(of range: Range<Int>) -> Int {
    var newest: Int64 = 0
    for index in range {
      newest = max(newest, facts(of: distributions[index]).uploadTime?.seconds ?? 0)
    }
    return Int(newest)
  }
}
