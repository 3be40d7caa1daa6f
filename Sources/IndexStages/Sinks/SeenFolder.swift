import IndexPipeline
import IndexTransport
import Synchronization

/// What was found in an output folder before anything is published to it.
final class SeenFolder: Sendable {
  /// What keeps it from being replaced as a whole, if anything does; nil if nobody has looked.
  private let obstacles = Mutex<[SwitchObstacle]?>(nil)
  /// The manifest that was there, if any; nil if nobody has looked.
  private let seen = Mutex<[FileStatus]?>(nil)

  /// What keeps the folder from being replaced, the same from the first time that it is asked for.
  func obstacle(at folder: String) -> SwitchObstacle? {
    obstacles.withLock { obstacles in
      let known = obstacles ?? Self.obstacles(at: folder)
      obstacles = known
      return known.first
    }
  }

  private static func obstacles(at folder: String) -> [SwitchObstacle] {
    do throws(IOFailure) {
      let place = try Directory.open([UInt8](path: folder).span)
      return try SwitchObstacle(of: place).map { [$0] } ?? []
    } catch {
      // Whoever publishes there says why it cannot be read, or makes it.
      return []
    }
  }

  /// Notes the manifest that is there.
  ///
  /// - Throws: `IOFailure` when the folder may not be searched.
  func note(at folder: String) throws(IOFailure) {
    let present = try Self.present(in: folder)
    seen.withLock { $0 = present }
  }

  /// Makes certain that it still is, now that the folder is locked: what does not change would stay
  /// as another run made it in the meantime.
  ///
  /// - Throws: `StageFailure` of a kind that is transient if there is another one.
  func check(at folder: String) throws(StageFailure) {
    guard let seen = seen.withLock({ $0 }) else { return }
    let present: [FileStatus]
    do { present = try Self.present(in: folder) } catch {
      throw StageFailure(publishingTo: folder, error)
    }
    if zip(seen, present).allSatisfy({ $0.isUnchanged(since: $1) }), seen.count == present.count {
      return
    }
    throw StageFailure(overtakenAt: folder)
  }

  private static func present(in folder: String) throws(IOFailure) -> [FileStatus] {
    do throws(IOFailure) {
      let place = try Directory.open([UInt8](path: folder).span)
      return try place.status(of: [UInt8](path: Manifest.path).span).map { [$0] } ?? []
    } catch  where error.code == .missing || error.code == .notFolder {
      return []
    }
  }
}

extension FileStatus {
  fileprivate func isUnchanged(since other: FileStatus) -> Bool {
    isSameFile(as: other) && modified == other.modified && size == other.size
  }
}
