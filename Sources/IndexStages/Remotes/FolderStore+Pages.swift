import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

/// A page that has all its bytes in a folder, but not its name.
struct WaitingPage {
  let key: [UInt8]
  let temporary: [UInt8]
  let role: PageRole
  /// Its copies in all codings; without a place for one that is to go.
  let copies: [(coding: ContentCoding, temporary: [UInt8]?)]
}

// Pages and their compressed copies.
extension FolderStore {
  func put(_ page: RemotePage, at key: [UInt8], if condition: RemoteCondition) async throws -> Bool
  {
    let compressed = try compress(page)
    do throws(IOFailure) {
      let place = try PagePlace(of: key, in: folder, makingFolders: true)
      if condition == .absent, try place.folder.status(of: place.name.span) != nil { return false }
      let new = try write(page, compressed, at: key, in: place)
      if durable, !page.tellsOfOthers {
        waiting.withLock { $0.append(new) }
        return true
      }
      // What a page tells of must be there after a power cut too, and then itself.
      if durable { try folder.syncFilesystem() }
      try show(new, in: place)
      if durable { try place.folder.sync() }
      return true
    } catch {
      throw failure(error, at: key)
    }
  }

  private func compress(_ page: RemotePage) throws(StageFailure) -> [CompressedPage] {
    guard let compressors, copies.concern(page.path) else { return [] }
    do throws(LibraryFailure) { return try compressors.compress(page.content.span) } catch {
      throw StageFailure(precompressing: title, error)
    }
  }

  /// Writes a page and its copies to where nobody looks.
  private func write(
    _ page: RemotePage,
    _ compressed: [CompressedPage],
    at key: [UInt8],
    in place: borrowing PagePlace
  ) throws(IOFailure) -> WaitingPage {
    let codings = copies.concern(key) ? copies.known : []
    let time = try time(in: place, codings)
    let new = temporaryName()
    try state.write(new.span, page.content.span, modified: time)
    var written: [(ContentCoding, [UInt8]?)] = []
    for coding in codings {
      let copy = compressed.first { $0.coding == coding }
      let name = copy.map { _ in temporaryName() }
      if let copy, let name { try state.write(name.span, copy.bytes.span, modified: time) }
      written.append((coding, name))
    }
    return WaitingPage(key: key, temporary: new, role: page.role, copies: written)
  }

  func temporaryName() -> [UInt8] { Self.prefix + Array("\(number.next())".utf8) + [0] }

  /// Gives a page and its copies their names.
  private func show(_ page: WaitingPage, in place: borrowing PagePlace) throws(IOFailure) {
    for (coding, temporary) in page.copies {
      let name = place.name.copy(in: coding)
      if let temporary {
        try place.folder.rename(temporary.span, from: state, to: name.span)
      } else {
        do throws(IOFailure) { try place.folder.removeFile(name.span) } catch
          where error.code == .missing
        {}
      }
    }
    try place.folder.rename(page.temporary.span, from: state, to: place.name.span)
  }

  func holds(_ content: [UInt8], at key: [UInt8]) async throws -> Bool {
    do throws(IOFailure) {
      let place = try PagePlace(of: key, in: folder)
      guard try place.content() == content else { return false }
      if !copies.concern(key) { return true }
      return try copies.areRight(for: place.name, content, in: place.folder)
    } catch  where error.code == .missing {
      return false
    } catch {
      throw failure(error, at: key)
    }
  }

  func leave(_ keys: [[UInt8]]) async throws {
    for key in keys where copies.concern(key) {
      do throws(IOFailure) {
        let place = try PagePlace(of: key, in: folder)
        let content = try place.content()
        if try copies.areRight(for: place.name, content, in: place.folder) { continue }
        try copies.remove(of: place.name, in: place.folder)
      } catch  where error.code == .missing {
        continue
      } catch {
        throw failure(error, at: key)
      }
    }
  }

  func settle(_ settled: (PageRole) -> Void) async throws {
    let pages = waiting.withLock { pages in
      defer { pages = [] }
      return pages
    }
    guard let first = pages.first else { return }
    do throws(IOFailure) { try folder.syncFilesystem() } catch {
      throw failure(error, at: first.key)
    }
    for page in pages {
      do throws(IOFailure) {
        let place = try PagePlace(of: page.key, in: folder)
        try show(page, in: place)
      } catch {
        throw failure(error, at: page.key)
      }
      settled(page.role)
    }
  }

  /// A time that tells a page and its copies from those before, for servers that look at whole
  /// seconds; nil for now.
  private func time(
    in place: borrowing PagePlace,
    _ codings: [ContentCoding]
  ) throws(IOFailure) -> FileTime? {
    let names = [place.name] + codings.map { place.name.copy(in: $0) }
    var latest: Int64?
    for name in names {
      guard let present = try place.folder.status(of: name.span) else { continue }
      latest = max(latest ?? present.modified.seconds, present.modified.seconds)
    }
    let now = FileTime.now
    if let latest, latest >= now.seconds { return FileTime(seconds: latest + 1) }
    return codings.isEmpty ? nil : now
  }
}

extension RemotePage {
  /// Whether it says how far other pages are.
  fileprivate var tellsOfOthers: Bool {
    path == PublicationIntent.path || path.elementsEqual(Manifest.path.utf8)
  }
}
