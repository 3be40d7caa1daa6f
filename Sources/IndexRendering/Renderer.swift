public import IndexModel
import StrictJSON

/// Makes the pages of a catalog.
///
/// Rendering is pure: it reads a catalog and options and writes into ``batch``. Each core has a
/// renderer of its own, whose buffers are reused from batch to batch; the pages do not depend on
/// how the work was shared out.
public struct Renderer: ~Copyable, Sendable {
  /// The pages rendered since the batch was last emptied.
  public var batch = PageBatch()
  let options: RenderOptions
  let links: LinkWriter
  /// Where the file lists of the releases of one project lie in the batch, to be copied.
  var releaseFiles: [Range<Int>] = []

  /// Creates a renderer.
  public init(_ options: RenderOptions) {
    self.options = options
    links = LinkWriter(options.fileURL)
  }

  /// Renders all pages of one project.
  ///
  /// - Parameters:
  ///   - index: Its index in `catalog.projects`.
  ///   - catalog: The catalog.
  public mutating func render(project index: Int, of catalog: borrowing Catalog) {
    let project = catalog.projects[index]
    if options.pages.contains(.simpleHTML) { renderSimpleHTML(project, catalog) }
    if options.pages.contains(.simpleJSON) { renderSimpleJSON(project, catalog) }
    if options.pages.contains(.projects) { renderProjectPage(project, catalog) }
    if options.pages.contains(.legacyJSON) { renderLegacyJSON(project, catalog) }
  }

  /// Renders one part of a page of the whole index.
  ///
  /// - Parameters:
  ///   - part: The part, from 0; it ends a page of the batch.
  ///   - page: The page.
  ///   - plan: The plan that the page is from.
  ///   - catalog: The catalog of the plan.
  public mutating func render(
    part: Int,
    of page: RootPage,
    _ plan: borrowing RenderPlan,
    _ catalog: borrowing Catalog
  ) {
    switch page {
    case .simpleHTML: renderSimpleRootHTML(plan.part(part), catalog)
    case .simpleJSON: renderSimpleRootJSON(plan.part(part), catalog)
    case .style: renderStyle()
    case .script: renderScript()
    case .shard(let number):
      if let tree = plan.parts { renderShard(tree.nodes[number], catalog) }
    case .names(let number):
      if let tree = plan.names { renderNames(tree.nodes[number], catalog) }
    case .home: renderHome(plan, catalog)
    case .packageList: renderPackageList(plan.part(part), catalog)
    case .records: renderRecords(plan.part(part), catalog)
    case .changelog(let number): renderChangelog(page: number, plan, catalog)
    case .feed: renderFeed(plan, catalog)
    case .notFound: renderNotFound()
    }
  }
}
