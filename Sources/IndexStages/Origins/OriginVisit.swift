import IndexModel
import IndexPipeline
import IndexTransport

/// One reading of an origin: finds out what is there, and reads all of it.
struct OriginVisit {
  private static let cacheName = "pages"

  let source: HTTPSource
  private let url: HTTPURL
  private let context: StageContext
  private let fetcher: Fetcher
  let reader: PageReader
  private let selection: ProjectSelection

  init(_ source: HTTPSource, _ url: HTTPURL, _ context: StageContext) throws(StageFailure) {
    self.source = source
    self.url = url
    self.context = context
    fetcher = try Fetcher(
      source.access,
      for: url,
      otherHosts: source.otherHosts,
      title: source.title,
      context
    )
    reader = PageReader(form: source.shape.form, title: source.title)
    selection = try ProjectSelection(source.projects, title: source.title)
  }

  /// Reads all that is there.
  func read(into output: inout SourceOutput) async throws {
    let cache = source.usesCache ? StageCache(ofPipelineIn: source.folder, context) : nil
    let store = store(in: cache)
    let keeper = PageKeeper(path: cache?.madePath(Self.cacheName), over: store, context)
    do {
      if case .names(let names) = selection {
        let root = url.asFolder
        let links = names.map { ProjectLink($0, below: root) }
        try await crawl(links, store, keeper, skipsMissing: false, into: &output)
      } else {
        try await readAll(store, keeper, into: &output)
      }
      keeper.finish(isComplete: true)
    } catch {
      keeper.finish(isComplete: false)
      throw error
    }
  }

  private func store(in cache: StageCache?) -> PageStore {
    guard let path = cache?.path(Self.cacheName) else { return PageStore() }
    do {
      return try PageStore(path: path)
    } catch let failure as IOFailure where failure.code == .missing {
      return PageStore()
    } catch {
      cache?.refuse(Self.cacheName, "it is damaged")
      return PageStore()
    }
  }

  private func readAll(
    _ store: PageStore,
    _ keeper: PageKeeper,
    into output: inout SourceOutput
  ) async throws {
    let start = source.shape.isSimple ? url.asFolder : url
    let known = store[start.bytes]
    var response = try await fetcher.get(
      start,
      accept: reader.accept,
      validators: known?.validators
    )
    if let known, response.status == 304 {
      if let root = restore(known, at: start, from: store) {
        try await crawl(root, at: start, store, keeper, into: &output)
        return
      }
      response = try await fetcher.get(start, accept: reader.accept)
    }
    output.byteCount += response.body.count
    let content = try content(of: response)
    try fetcher.checkHost(of: response)
    switch content {
    case .root(let page):
      let root = RootPage(page, response)
      try checkAge(of: root, known)
      try refuse(page.badNames, response, into: &output)
      try await crawl(root, at: start, store, keeper, into: &output)
    case .files(let page): try take(page, response, into: &output)
    case .listing: try await readListing(response, into: &output)
    case .list:
      let list = RemoteList(
        fetcher: fetcher,
        badLines: source.badLines,
        fileURL: source.fileURL
      )
      try list.read(response, into: &output)
    }
  }

  private func restore(
    _ page: PageStore.Page,
    at url: HTTPURL,
    from store: PageStore
  ) -> RootPage? {
    do throws(IOFailure) {
      if let root = try RootPage(kept: page, at: url.bytes, in: store) { return root }
      context.log("a root page that was kept is damaged")
    } catch {
      context.log("a root page that was kept cannot be read: \(error)")
    }
    return nil
  }

  private func crawl(
    _ root: RootPage,
    at url: HTTPURL,
    _ store: PageStore,
    _ keeper: PageKeeper,
    into output: inout SourceOutput
  ) async throws {
    if root.isWhole { keeper.keep(root, at: url) }
    let links = root.links.filter { selection.includes($0.name) }
    let skipsMissing = source.badLines != .fail
    try await crawl(links, store, keeper, skipsMissing: skipsMissing, into: &output)
  }

  private func crawl(
    _ links: [ProjectLink],
    _ store: PageStore,
    _ keeper: PageKeeper,
    skipsMissing: Bool,
    into output: inout SourceOutput
  ) async throws {
    let crawl = IndexCrawl(
      fetcher: fetcher,
      reader: reader,
      store: store,
      badLines: source.badLines,
      skipsMissing: skipsMissing,
      width: source.access.options.connections
    )
    try await crawl.read(links, into: &output) { keeper.keep($0) }
  }

  private func readListing(
    _ response: HTTPResponse,
    into output: inout SourceOutput
  ) async throws {
    let crawl = ListingCrawl(
      fetcher: fetcher,
      reader: reader,
      files: ListingFiles(minutesAhead: source.minutesAhead),
      depth: source.depth,
      width: source.access.options.connections
    )
    let lines = try await crawl.read(response, into: &output)
    if lines.isEmpty { throw reader.notAnIndex(response, nil) }
    try output.take(
      FetchedPage(lines: lines, at: response.url.bytes),
      source.badLines,
      title: source.title
    )
  }

  /// Takes one page of files.
  private func take(
    _ page: SimplePage,
    _ response: HTTPResponse,
    into output: inout SourceOutput
  ) throws(StageFailure) {
    let fetched = FetchedPage(page, response, at: response.url.bytes)
    try output.take(fetched, source.badLines, title: source.title)
    output.byteCount -= response.body.count
  }

  /// Refuses what a root page lists that no project can be called.
  private func refuse(
    _ names: [[UInt8]],
    _ response: HTTPResponse,
    into output: inout SourceOutput
  ) throws(StageFailure) {
    for name in names {
      let problem = RecordProblem(code: "invalid-project", "no project can have this name")
      let bad = BadLine(line: 0, text: name, problem: problem)
      try output.handle(bad, at: response.url.text, source.badLines, title: source.title)
    }
  }

  /// Refuses an index that went back in time, as behind a cache or after a restored backup.
  private func checkAge(of root: RootPage, _ known: PageStore.Page?) throws(StageFailure) {
    guard !source.allowsOlder, let old = known?.serial, let new = root.serial, new < old else {
      return
    }
    throw StageFailure(
      .data,
      code: "older-index",
      "\(source.title): the index is older than it was: its last change is \(new), and was \(old)",
      help: "if that is meant, give \"allow_older\": true for one run"
    )
  }
}

extension HTTPURL {
  /// The URL with a slash at its end, unless that names a file.
  fileprivate var asFolder: HTTPURL {
    guard let last = path.last, last != UInt8(ascii: "/") else { return self }
    let name = path.reversed().prefix { $0 != UInt8(ascii: "/") }
    if name.contains(UInt8(ascii: ".")) { return self }
    let reference = Array(name.reversed()) + [UInt8(ascii: "/")]
    return resolving(reference.span) ?? self
  }
}
