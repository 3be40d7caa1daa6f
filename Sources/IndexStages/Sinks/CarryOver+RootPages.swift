import IndexTransport

extension Directory {
  /// Gives a page that was made anew the time of the old one if it is the same: who has that one
  /// need not load it again.
  ///
  /// - Parameters:
  ///   - page: The path of the page, with a NUL byte.
  ///   - source: The generation with the old one.
  /// - Throws: `IOFailure` when the new page cannot be read or given the time.
  borrowing func keepTime(
    of page: [UInt8],
    from source: borrowing Directory
  ) throws(IOFailure) {
    let start = page.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let (path, name) = (page[..<start] + [0], Array(page[start...]))
    let folder: Directory
    do throws(IOFailure) { folder = try descend(path.span) } catch  where error.code == .missing {
      return
    }
    guard let now = try folder.status(of: name.span), now.kind == .file else { return }
    let before: FileStatus
    let content: [UInt8]
    do throws(IOFailure) {
      let old = try source.descend(path.span)
      guard let found = try old.status(of: name.span), found.kind == .file, found.size == now.size
      else { return }
      before = found
      content = try old.input(name.span).rest()
    } catch {
      // What cannot be read counts as another page; nothing is lost by that but a second download.
      return
    }
    guard try folder.input(name.span).rest() == content else { return }
    let file = try folder.append(to: name.span)
    try file.setModified(before.modified)
    try file.close()
  }
}
