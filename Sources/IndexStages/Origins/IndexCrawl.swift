import IndexModel
import IndexPipeline
import IndexTransport

/// Reads the pages of many projects, some at a time, and gives them in order.
struct IndexCrawl: Sendable {
  let fetcher: Fetcher
  let reader: PageReader
  let store: PageStore
  let badLines: BadLinePolicy
  /// Whether a project whose page is not there is left out, and counted.
  let skipsMissing: Bool
  /// How many pages are under way at once.
  let width: Int

  /// Reads the pages.
  ///
  /// - Parameters:
  ///   - links: The projects.
  ///   - keep: Takes each page in its turn, to be kept for the next run.
  func read(
    _ links: [ProjectLink],
    into output: inout SourceOutput,
    keep: (FetchedPage) -> Void
  ) async throws {
    var merged = output
    try await withThrowingTaskGroup(of: (Int, FetchedPage?).self) { group in
      var (started, arrived, finished) = (0, 0, 0)
      var waiting: [Int: FetchedPage?] = [:]
      while finished < links.count {
        // Pages that wait for their turn take memory: there are not too many of them.
        while started < links.count, started - arrived < width, started - finished < width * 8 {
          let number = started
          group.addTask { (number, try await page(of: links[number])) }
          started += 1
        }
        guard let (number, page) = try await group.next() else { break }
        arrived += 1
        waiting.updateValue(page, forKey: number)
        while let page = waiting.removeValue(forKey: finished) {
          if let page {
            try merged.take(page, badLines, title: fetcher.title)
            keep(page)
          } else {
            merged.skip(links[finished])
          }
          finished += 1
          fetcher.context.advance(finished, of: links.count)
        }
      }
    }
    output = merged
  }

  /// The page of a project, as it is there or as it is known not to have changed.
  ///
  /// - Returns: nil if there is none, and that may be.
  private func page(of link: ProjectLink) async throws -> FetchedPage? {
    let known = store[link.url]
    if let known, let serial = link.serial, known.serial == serial,
      let page = restore(known, of: link)
    {
      return page
    }
    let url = try fetcher.url(link.url)
    guard var response = try await get(url, known?.validators) else { return nil }
    if let known, response.status == 304 {
      if let page = restore(known, of: link) { return page }
      response = try await fetcher.get(url, accept: reader.accept)
    }
    try fetcher.checkHost(of: response)
    return try reader.read(response, of: link)
  }

  private func get(_ url: HTTPURL, _ validators: HTTPValidators?) async throws -> HTTPResponse? {
    skipsMissing
      ? try await fetcher.getIfThere(url, accept: reader.accept, validators: validators)
      : try await fetcher.get(url, accept: reader.accept, validators: validators)
  }

  /// The page as the run before read it; nil if what was kept cannot be read.
  private func restore(_ page: PageStore.Page, of link: ProjectLink) -> FetchedPage? {
    do throws(IOFailure) {
      if let page = try FetchedPage(keptOf: link, page, in: store) { return page }
      fetcher.context.log("a page that was kept is damaged")
    } catch {
      fetcher.context.log("a page that was kept cannot be read: \(error)")
    }
    return nil
  }
}

extension SourceOutput {
  /// Leaves a project out whose page is not there.
  fileprivate mutating func skip(_ link: ProjectLink) {
    let place = String(decoding: link.url, as: UTF8.self)
    let excerpt = Excerpt(path: place, line: 0, text: link.name, range: 0..<link.name.count)
    skip(SkippedLine(excerpt, code: "missing-page", reason: "there is no page of the project"))
  }
}
