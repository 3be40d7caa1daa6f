import IndexModel
import IndexRendering
import StrictJSON

/// What a run has to render, found by comparing what its pages are made of with what sinks hold.
struct PlannedWork: Sendable {
  /// Which pages are rendered.
  let selection: Selection
  /// What each sink held; nil if nobody asked.
  let holdings: [Inventory]?
  private let fingerprints: Fingerprints?
  private let head: ManifestHead?
  /// A manifest that says what is not rendered, if not all is.
  private let base: Manifest?

  /// What is done to files at each sink; `nil` where none are published.
  var files: [FileWork?] = []
  /// Whether every sink holds all pages already.
  private let hasAllPages: Bool

  /// Whether every sink holds the whole index already.
  var isDone: Bool { hasAllPages && files.allSatisfy { $0?.isDone ?? true } }

  /// Whether nothing is to be done at a sink.
  func isDone(at sink: Int) -> Bool { hasAllPages && files[sink]?.isDone ?? true }

  /// Work that is what it is, whatever the sinks hold.
  init(_ selection: Selection, _ holdings: [Inventory]?) {
    self.selection = selection
    self.holdings = holdings
    fingerprints = nil
    head = nil
    base = nil
    hasAllPages = selection.isEmpty
  }

  /// Leaves out the projects whose pages every sink holds as they would be rendered.
  ///
  /// - Throws: `StageFailure` if a manifest names what is no page.
  init(
    _ selection: Selection,
    of catalog: Catalog,
    _ fingerprints: Fingerprints,
    _ head: ManifestHead,
    over holdings: [Inventory],
    at sinks: [Pipeline.SinkStep],
    isRebuild: Bool
  ) throws(StageFailure) {
    self.fingerprints = fingerprints
    self.head = head
    let manifests = holdings.compactMap(\.manifest)
    let isComplete =
      !isRebuild && manifests.count == holdings.count && !holdings.isEmpty
      && manifests.allSatisfy { $0.head.settings == head.settings }
    let news = isComplete ? News(of: catalog, fingerprints, since: manifests) : nil
    let keepsPages = !sinks.contains { $0.sink.takesAllPages }
    guard let news, keepsPages || news.touched.isEmpty else {
      self.selection = selection
      let opened = try Self.open(holdings, unchanged: [], at: sinks)
      self.holdings = isRebuild ? opened.map(\.distrusted) : opened
      base = nil
      hasAllPages = false
      return
    }
    var narrowed = selection
    narrowed.shards = news.changed.map { $0..<$0 + 1 }
    // Pages of no project are all made anew.
    narrowed.publication = Publication(unwritten: .kept(except: news.touched.union([[]])))
    self.selection = narrowed
    self.holdings = try Self.open(holdings, unchanged: news.unchanged, at: sinks)
    base = manifests.first
    hasAllPages = news.touched.isEmpty
  }

  /// The projects that some sink does not hold as they would be rendered, and the others.
  private struct News {
    var unchanged: Set<[UInt8]> = []
    /// The numbers of those that are in the catalog.
    var changed: [Int] = []
    /// The names of those and of the ones that go.
    var touched: Set<[UInt8]>

    init(of catalog: Catalog, _ fingerprints: Fingerprints, since manifests: [Manifest]) {
      touched = Set(manifests.flatMap { $0.projects.map(\.name) })
      for (index, project) in catalog.projects.enumerated() {
        let name = Array(catalog.text.span[project.name])
        let isKnown = manifests.allSatisfy { manifest in
          guard let place = manifest.index(of: name.span) else { return false }
          return manifest.projects[place].fingerprint == fingerprints.projects[index]
        }
        if isKnown {
          unchanged.insert(name)
          touched.remove(name)
        } else {
          changed.append(index)
          touched.insert(name)
        }
      }
    }
  }

  private static func open(
    _ holdings: [Inventory],
    unchanged: Set<[UInt8]>,
    at sinks: [Pipeline.SinkStep]
  ) throws(StageFailure) -> [Inventory] {
    var opened: [Inventory] = []
    for (inventory, step) in zip(holdings, sinks) {
      do throws(Manifest.Problem) {
        opened.append(try inventory.opened(unchanged: unchanged))
      } catch {
        throw StageFailure(unreadableManifestOf: step.id, error)
      }
    }
    return opened
  }

  /// What changes at each sink if no page does.
  func noChanges(at sinks: [Pipeline.SinkStep]) -> [Report.SinkChanges] {
    zip(sinks, holdings ?? []).enumerated().map { number, sink in
      var changes = Changes()
      changes.unchanged = sink.1.untouched + sink.1.count
      changes.files = files[number]?.changes
      return Report.SinkChanges(id: sink.0.id, changes: changes)
    }
  }

  /// What becomes of the manifest at a sink; nil if none is written.
  func changeOfManifest(at sink: Int) -> WritableKeyPath<Changes, [[UInt8]]>? {
    guard fingerprints != nil, head != nil else { return nil }
    return holdings?[sink].manifest == nil ? \.added : \.changed
  }

  /// The manifest of what is published at a sink, as a page; nil if nobody compares.
  ///
  /// - Parameter codings: In which codings the sink keeps copies of pages.
  func manifest(
    of catalog: Catalog,
    _ pages: [RenderedPage],
    at sink: Int,
    _ codings: [ContentCoding]
  ) -> PageBatch? {
    guard let fingerprints, var head else { return nil }
    head.codings = codings
    var batch = PageBatch()
    let writer = ManifestWriter(catalog, fingerprints, head, pages)
    // A sink that publishes none any more keeps those that it has.
    let kept = holdings?[sink].files.filter { $0.value.sha256 != nil }
    writer.append(over: base, files[sink]?.published ?? kept ?? [:], to: &batch.content)
    batch.paths.append(utf8: Manifest.path)
    batch.endPage(.jsonLines, .state)
    return batch
  }
}

extension StageFailure {
  /// The failure of a sink whose manifest cannot be read.
  public init(unreadableManifestOf sink: String, _ problem: Manifest.Problem) {
    self.init(
      .data,
      code: "unreadable-state",
      "sink \"\(sink)\": \(Manifest.path), which says what it holds, cannot be read: "
        + problem.message,
      help: "`larder run --rebuild` publishes everything anew, whatever the sink says"
    )
  }
}
