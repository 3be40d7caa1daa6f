import IndexPipeline
import IndexTransport

extension FilesystemSink {
  /// Locks the folder, for pages to be replaced in it one by one.
  func startFiles(_ publication: Publication) async throws -> any SinkSession {
    let store = try makeStore()
    let holdings = try await RemoteHoldings(of: store)
    // No other run comes in between, so that nobody has to wait for one that died.
    let codings = store.copies.known
    let lock = try await PublicationLock.take(store, lease: 86_400, over: holdings, codings)
    let keys = RemoteKeys(style: .indexHTML, showsJSON: false)
    let removal = RemoteRemoval(isMeant: stale == .delete, files: publication.removedFiles)
    return RemoteSession(store, keys, lock, over: holdings, removal)
  }

  private func makeStore() throws(StageFailure) -> FolderStore {
    let location = try OutputLocation.resolve(path)
    let lock = try location.lockForPublishing()
    try seen.check(at: path)
    let (copies, compressors) = (try copies(in: location), try makeCompressors())
    do throws(IOFailure) {
      let folder = try location.parent.descend(location.name.span, makingFolders: true)
      let title = location.path
      return try FolderStore(folder, lock, copies, compressors, durable: durable, title: title)
    } catch {
      throw StageFailure(publishingTo: path, error)
    }
  }
}
