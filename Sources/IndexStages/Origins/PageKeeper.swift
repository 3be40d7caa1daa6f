import IndexModel
import IndexPipeline
import IndexRendering
import IndexTransport

/// Keeps the pages of a run for the next one; that it cannot is said in the log, and is no error.
///
/// As long as all pages are those that were kept before, nothing is written.
final class PageKeeper {
  private let context: StageContext
  private let path: String?
  private let store: PageStore
  /// The pages that are as they were, until one is not.
  private var known: Set<[UInt8]>? = []
  private var writer: PageStoreWriter?

  /// - Parameters:
  ///   - path: The file; nil if nothing is to be kept.
  ///   - store: What the run before kept.
  init(path: String?, over store: PageStore, _ context: StageContext) {
    self.context = context
    self.path = path
    self.store = store
  }

  /// Keeps the page of a project, unless something of it was left out, which has to be said again.
  func keep(_ page: FetchedPage) {
    if page.kept != nil {
      keepAgain(page.url)
    } else if page.isWhole {
      add(page.url, page.facts, page.lines)
    } else {
      start()
    }
  }

  /// Keeps a root page.
  func keep(_ root: RootPage, at url: HTTPURL) {
    if root.isRestored {
      keepAgain(url.bytes)
    } else if root.isWhole {
      let lines = root.lines
      let digest = PageDigest(lines.span)
      let page = PageStore.Page(validators: root.validators, serial: root.serial, digest: digest)
      add(url.bytes, page, lines)
    }
  }

  /// Puts what was kept in the place of what the run before kept.
  ///
  /// - Parameter isComplete: Whether the run came to the end; else what the run before kept stays.
  func finish(isComplete: Bool) {
    if let known {
      if !isComplete || known.count == store.count { return }
      start()
    }
    if !isComplete {
      attempt { writer, store throws(IOFailure) in try writer.addRest(of: store) }
    }
    guard let writer = writer.take() else { return }
    do throws(IOFailure) {
      try writer.finish()
    } catch {
      context.log("pages are not kept: \(error)")
    }
  }

  private func add(_ url: [UInt8], _ page: PageStore.Page, _ body: [UInt8]) {
    start()
    // What nobody can ask about again is not worth its place.
    guard page.validators != nil || page.serial != nil else { return }
    attempt { writer, _ throws(IOFailure) in try writer.add(url, page, body.span) }
  }

  private func keepAgain(_ url: [UInt8]) {
    if known != nil {
      known?.insert(url)
    } else {
      attempt { writer, store throws(IOFailure) in try writer.add(url, of: store) }
    }
  }

  /// Begins a new file with the pages that are as they were.
  private func start() {
    guard let known else { return }
    self.known = nil
    guard let path else { return }
    do throws(IOFailure) {
      writer = try PageStoreWriter(path: path)
    } catch {
      context.log("pages are not kept: \(error)")
    }
    attempt { writer, store throws(IOFailure) in
      for url in known { try writer.add(url, of: store) }
    }
  }

  private func attempt(
    _ work: (inout PageStoreWriter, PageStore) throws(IOFailure) -> Void
  ) {
    guard var open = writer.take() else { return }
    do throws(IOFailure) {
      try work(&open, store)
      writer = consume open
    } catch {
      context.log("pages are not kept: \(error)")
    }
  }
}
