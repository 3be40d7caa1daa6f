import IndexModel
import IndexPipeline
import IndexTransport

/// Keeps the pages of a run for the next one; that it cannot is said in the log, and is no error.
final class PageKeeper {
  private let context: StageContext
  private var writer: PageStoreWriter?

  /// - Parameter path: The file; nil if nothing is to be kept.
  init(path: String?, _ context: StageContext) {
    self.context = context
    guard let path else { return }
    do throws(IOFailure) {
      writer = try PageStoreWriter(path: path)
    } catch {
      context.log("pages are not kept: \(error)")
    }
  }

  /// Keeps the page of a project, unless something of it was left out, which has to be said again.
  func keep(_ page: FetchedPage) {
    guard page.isWhole else { return }
    add(page.url, page.validators, serial: page.serial, status: page.status, page.lines)
  }

  /// Keeps a root page.
  func keep(_ root: RootPage, at url: HTTPURL) {
    add(url.bytes, root.validators, serial: root.serial, status: nil, root.lines)
  }

  private func add(
    _ url: [UInt8],
    _ validators: HTTPValidators?,
    serial: Int?,
    status: ProjectStatus?,
    _ body: [UInt8]
  ) {
    // What nobody can ask about again is not worth its place.
    guard validators != nil || serial != nil else { return }
    attempt { writer throws(IOFailure) in
      try writer.add(url, validators, serial: serial, status: status, body)
    }
  }

  /// Puts what was kept in the place of what the run before kept.
  ///
  /// - Parameter rest: What the run before kept, if this one did not come to the end.
  func finish(rest: PageStore?) {
    if let rest {
      attempt { writer throws(IOFailure) in try writer.addRest(of: rest) }
    }
    guard let writer = writer.take() else { return }
    do throws(IOFailure) {
      try writer.finish()
    } catch {
      context.log("pages are not kept: \(error)")
    }
  }

  private func attempt(_ work: (inout PageStoreWriter) throws(IOFailure) -> Void) {
    guard var open = writer.take() else { return }
    do throws(IOFailure) {
      try work(&open)
      writer = consume open
    } catch {
      context.log("pages are not kept: \(error)")
    }
  }
}
