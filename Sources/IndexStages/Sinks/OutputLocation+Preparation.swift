import IndexPipeline
import IndexTransport

// What is found out before any page is rendered: a run that cannot end well must not begin.
extension OutputLocation {
  /// Makes this process the only one that publishes here.
  ///
  /// - Throws: `StageFailure` when another one does; it is not waited for.
  borrowing func lockForPublishing() throws(StageFailure) -> FileLock {
    do { return try parent.lock(lock.span) } catch { throw cannotLock(error) }
  }

  /// Makes this process the only one that replaces pages in the output folder.
  ///
  /// Whoever may not write beside the folder cannot hold the lock there, but then nobody of the same
  /// rights publishes as a whole.
  ///
  /// - Throws: `StageFailure` when another one does.
  borrowing func lockForPages(
    in folder: borrowing Directory
  ) throws(StageFailure) -> PagesLock {
    var lock = PagesLock()
    if parent.mayWrite([UInt8](path: ".").span) { lock.beside = try lockForPublishing() }
    do { lock.folder = try folder.lock() } catch { throw cannotLock(error) }
    return lock
  }

  private borrowing func cannotLock(_ failure: IOFailure) -> StageFailure {
    guard failure.code == .wouldBlock else {
      return StageFailure(publishingTo: path, failure)
    }
    return StageFailure(
      .transient(retryAfter: nil),
      code: "locked",
      "another larder is publishing to \(path)",
      notes: [StageFailure.unchanged],
      help: "wait until it has ended; the lock ends with it, also when it is killed"
    )
  }

  /// The state of the output folder, nil when it does not exist.
  ///
  /// - Throws: `StageFailure` when it is no folder, or cannot be switched because a filesystem is
  ///   mounted on it or directly in it.
  borrowing func checkedPresent() throws(StageFailure) -> FileStatus? {
    let found: FileStatus?
    let obstacle: StageFailure?
    do {
      found = try present()
      obstacle = if let found { try self.obstacle(in: found) } else { nil }
    } catch {
      throw StageFailure(publishingTo: path, error)
    }
    if let obstacle { throw obstacle }
    return found
  }

  /// Why what is there now cannot be switched.
  private borrowing func obstacle(in present: FileStatus) throws(IOFailure) -> StageFailure? {
    guard present.kind == .folder else {
      return StageFailure(
        .publish,
        code: "not-a-folder",
        "cannot publish to \(path): it is a file",
        notes: [StageFailure.unchanged],
        help: "remove it, or name another folder"
      )
    }
    return try SwitchObstacle(mountedOn: parent.folder(name.span)).map { obstacle in
      StageFailure(switching: path, obstacle.reason, help: obstacle.remedy)
    }
  }

  /// Makes an empty generation, in place of what killed publications left, and tries the switch
  /// with it.
  ///
  /// - Parameter present: The state of the output folder, nil when it does not exist.
  /// - Throws: `StageFailure` when the folder around cannot be written, or the filesystem cannot
  ///   exchange two names.
  borrowing func makeGeneration(
    replacing present: FileStatus?
  ) throws(StageFailure) -> Directory {
    do {
      try parent.removeTree(next.span)
      try parent.removeTree(probe.span)
      return try tryGeneration(replacing: present)
    } catch {
      // What cannot be removed now is removed by the next publication, or fails it with a reason.
      for leftover in [probe, next] { try? parent.removeTree(leftover.span) }
      throw error.cannotExchange
        ? StageFailure(switching: path, error) : StageFailure(publishingTo: path, error)
    }
  }

  private borrowing func tryGeneration(
    replacing present: FileStatus?
  ) throws(IOFailure) -> Directory {
    // Nobody else may enter it while pages are written, not even the owner of the present index: a
    // symbolic link in place of a folder would lead them elsewhere.
    guard try parent.makeFolder(next.span, mode: present == nil ? nil : 0o700) else {
      throw IOFailure(call: "mkdirat", path: String(path: next.span), code: .exists)
    }
    guard let present else { return try parent.folder(next.span) }
    try parent.makeFolder(probe.span, mode: 0o700)
    try parent.exchange(next.span, probe.span)
    // What `commit` does to the generation is tried while nothing is lost by a failure.
    try parent.folder(probe.span).adoptOwner(of: present)
    try parent.removeFolder(probe.span)
    return try parent.folder(next.span)
  }

  /// The time that the pages of the new generation must be given; nil when the clock will do.
  ///
  /// nginx answers "not modified" when the whole second of a page and its size are those that the
  /// client knows. So a page must be at least one second younger than the one it replaces, also
  /// when two publications follow each other in an instant or the clock was set back. Looking at
  /// each page would cost as much as a fifth of writing it. It is enough to look at what the
  /// former publication wrote last, root pages and the manifest, and at its folder, which `commit`
  /// stamps after that.
  ///
  /// - Parameter generation: The generation just made: it has the time of the filesystem, which
  ///   need not be that of this machine.
  /// - Throws: `StageFailure` when the present index cannot be looked at.
  borrowing func pageTime(in generation: borrowing Directory) throws(StageFailure) -> FileTime? {
    do {
      guard let latest = try latestPage(), try generation.status().modified.seconds <= latest
      else { return nil }
      return FileTime(seconds: latest + 1)
    } catch {
      throw StageFailure(publishingTo: path, error)
    }
  }

  /// The second that no page of the present index is younger than; nil without an index.
  private borrowing func latestPage() throws(IOFailure) -> Int64? {
    guard let present = try present() else { return nil }
    let folder = try parent.folder(name.span)
    var latest: Int64?
    for page in ["simple/index.html", "index.html", Manifest.path] {
      let path = [UInt8](path: page)
      guard let status = try folder.status(of: path.span) else { continue }
      latest = max(latest ?? present.modified.seconds, status.modified.seconds)
    }
    return latest
  }
}

/// What keeps others from replacing pages in a folder.
struct PagesLock: ~Copyable, Sendable {
  /// That of those who replace the folder as a whole, where this process may take it.
  fileprivate(set) var beside: FileLock?
  /// That of the folder.
  fileprivate(set) var folder: FileLock?
}

extension IOFailure {
  /// Whether the filesystem can never exchange these names, whoever asks.
  var cannotExchange: Bool {
    guard call == "renameat2" else { return false }
    return switch code {
    case .invalid, .unsupportedCall, .unsupported, .busy, .crossDevice: true
    default: false
    }
  }
}
