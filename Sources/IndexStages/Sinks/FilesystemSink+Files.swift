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

  private func makeStore() throws -> FolderStore {
    let location = try OutputLocation.resolve(path, making: permissions.made)
    do {
      let folder = try location.parent.descend(location.name.span, makingFolders: true)
      let lock = try location.lockForPages(in: folder)
      try seen.check(at: path)
      return try FolderStore(
        folder,
        lock,
        copies(in: location),
        makeCompressors(),
        durable: durable,
        title: location.path,
        notices: obstacle.map { [notice(of: $0)] } ?? []
      )
    } catch let failure as IOFailure {
      throw StageFailure(publishingTo: path, failure)
    }
  }

  private func notice(of obstacle: SwitchObstacle) -> String {
    "\(path) was changed page by page, since \(obstacle.reason): readers could see pages of both "
      + "indexes; \"mode\": \"files\" says that this is meant"
  }
}
