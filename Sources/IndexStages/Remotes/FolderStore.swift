import IndexPipeline
import IndexRendering
import IndexTransport
import StrictJSON
import Synchronization

/// A folder whose pages are replaced one by one, for those that cannot be replaced as a whole.
///
/// Where a power cut must leave whole pages, the bytes of a page are on the device before it gets its
/// name. To wait for the device once for many pages, pages wait for each other.
final class FolderStore: RemoteStore {
  let title: String
  let context = StageContext(.sink, id: "filesystem")
  let concurrency = coreCount
  let isLocked = true
  let notices: [String]
  let folder: Directory
  /// Held until the end of the publication.
  private let lock: PagesLock
  let durable: Bool
  /// Where a page lies until all of it is there.
  let state: Directory
  /// The compressed copies of pages, which are seen with their pages.
  let copies: PageCopies
  let compressors: PageCompressors?
  let number = Counter()
  let waiting = Mutex<[WaitingPage]>([])

  static let prefix = Array(".larder-new-".utf8)

  /// Opens the folder, and removes what a publication left that was killed.
  ///
  /// - Throws: `IOFailure` when the folder cannot be written.
  init(
    _ folder: consuming Directory,
    _ lock: consuming PagesLock,
    _ copies: PageCopies,
    _ compressors: PageCompressors?,
    durable: Bool,
    title: String,
    notices: [String]
  ) throws(IOFailure) {
    self.title = title
    self.notices = notices
    self.durable = durable
    self.copies = copies
    self.compressors = compressors
    state = try folder.descend([UInt8](path: "larder").span, makingFolders: true)
    try Self.sweep(state)
    self.folder = folder
    self.lock = lock
  }

  private static func sweep(_ state: borrowing Directory) throws(IOFailure) {
    var listing = try state.list()
    while let entry = listing.next() {
      let name = Array(listing.bytes.span.extracting(entry.name))
      if name.starts(with: prefix) { try state.removeFile(name.span) }
    }
  }

  func name(of key: [UInt8]) -> String { "\(title)/\(String(decoding: key, as: UTF8.self))" }

  func read(_ key: [UInt8], knowing known: RemoteObject?) async throws -> RemoteObject? {
    do throws(IOFailure) {
      let place = try PagePlace(of: key, in: folder)
      return RemoteObject(content: try place.content(), validators: nil)
    } catch  where error.code == .missing {
      return nil
    } catch {
      throw failure(error, at: key)
    }
  }

  var settlesObjects: Bool { durable }

  func presence(of file: OutgoingFile) async throws -> FilePresence {
    try FilePresence(of: file, in: folder)
  }

  func send(_ file: OutgoingFile) async throws {
    let source = try await LocalFile.open(file)
    let new = temporaryName()
    do {
      let output = try state.create(new.span)
      try source.copy(to: output, at: name(of: file.path))
      if durable { try output.sync() }
      try output.close()
      let place = try PagePlace(of: file.path, in: folder, makingFolders: true)
      try place.folder.rename(new.span, from: state, to: place.name.span)
    } catch let failed as IOFailure {
      throw failure(failed, at: file.path)
    } catch {
      // What cannot be removed now is removed by the next publication.
      try? state.removeFile(new.span)
      throw error
    }
  }

  func remove(_ keys: [[UInt8]]) async throws -> [RemoteLeftover] {
    var leftovers: [RemoteLeftover] = []
    for key in keys {
      try Task.checkCancellation()
      do throws(IOFailure) {
        let place = try PagePlace(of: key, in: folder)
        if copies.concern(key) { try copies.remove(of: place.name, in: place.folder) }
        try place.folder.removeFile(place.name.span)
        removeEmptyFolders(around: key)
      } catch  where error.code == .missing {
        removeEmptyFolders(around: key)
      } catch {
        leftovers.append(RemoteLeftover(key: key, reason: "\(error)"))
      }
    }
    // Where the intent goes, what it tells of must not come back.
    if durable, keys != [PublicationIntent.path] {
      do throws(IOFailure) { try folder.syncFilesystem() } catch {
        leftovers = keys.map { RemoteLeftover(key: $0, reason: "\(error)") }
      }
    }
    return leftovers
  }

  /// Removes the folders that a page leaves empty; the kernel refuses to remove others.
  private func removeEmptyFolders(around key: [UInt8]) {
    var path = key
    while let slash = path.lastIndex(of: UInt8(ascii: "/")) {
      path.removeSubrange(slash...)
      do throws(IOFailure) {
        let place = try PagePlace(of: path, in: folder)
        try place.folder.removeFolder(place.name.span)
      } catch {
        return
      }
    }
  }

  func failure(_ failure: IOFailure, at key: [UInt8]) -> StageFailure {
    StageFailure(publishingTo: name(of: key), failure, notes: [])
  }
}
