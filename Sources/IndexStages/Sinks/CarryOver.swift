import IndexTransport
import StrictJSON

/// Takes files of a generation over into the one that follows it.
///
/// Folders are opened one by one without following symbolic links, so that nobody who may write
/// into the output folder can have files from elsewhere linked into the index.
struct CarryOver: ~Copyable, Sendable {
  /// When it is done.
  enum Moment: Sendable {
    /// The target is in the making, and is Larder's alone.
    case beforeSwitch
    /// The target is served, and others may have changed it: what is newer there stays.
    case afterSwitch
  }

  let moment: Moment
  let source: Directory
  let target: Directory

  /// Takes over what a survey of the source found.
  ///
  /// - Returns: The folders that were made and are not Larder's, for ``finish(_:)``.
  /// - Throws: `IOFailure`, with `exists` or `notFolder` when Larder makes something else of the
  ///   name of a file that is not Larder's.
  borrowing func carry(_ survey: Survey) throws(IOFailure) -> [[UInt8]] {
    var made: [[UInt8]] = []
    var rest = survey.folders[...]
    if let root = rest.popLast() {
      try carry(root, &rest, &made, from: source, to: target)
    }
    if moment == .beforeSwitch {
      for page in survey.rootPages { try target.keepTime(of: page, from: source) }
    }
    return made
  }

  /// Makes folders look like their models, which comes last as filling them changes their time.
  ///
  /// - Parameter made: Their paths.
  /// - Throws: `IOFailure` when the filesystem refuses.
  borrowing func finish(_ made: [[UInt8]]) throws(IOFailure) {
    for path in made {
      do {
        let model = try source.descend(path.span).status()
        let folder = try target.descend(path.span)
        try folder.adoptOwner(of: model)
        try folder.setPermissions(model.permissions)
        try folder.setModified(model.modified)
      } catch let error where error.code == .missing {
        continue  // someone has removed it in this moment
      } catch {
        throw error.path.isEmpty ? error.below(path.span) : error
      }
    }
  }

  /// Takes over a folder and those in it, which follow it from the end of `rest`.
  private borrowing func carry(
    _ folder: Survey.Folder,
    _ rest: inout ArraySlice<Survey.Folder>,
    _ made: inout [[UInt8]],
    from old: borrowing Directory,
    to new: borrowing Directory
  ) throws(IOFailure) {
    try takeFiles(of: folder, from: old, to: new)
    while let inner = rest.last, inner.depth > folder.depth {
      rest.removeLast()
      do {
        try carry(inner: inner, &rest, &made, from: old, to: new)
      } catch let error where error.code == .missing {
        // Someone has removed it in this moment.
        while let gone = rest.last, gone.depth > inner.depth { rest.removeLast() }
      }
    }
  }

  private borrowing func carry(
    inner folder: Survey.Folder,
    _ rest: inout ArraySlice<Survey.Folder>,
    _ made: inout [[UInt8]],
    from outerOld: borrowing Directory,
    to outerNew: borrowing Directory
  ) throws(IOFailure) {
    let name = folder.name
    let old = try outerOld.folder(name.span)
    if !folder.isForeign {
      try outerNew.makeFolder(name.span)
    } else if try outerNew.makeFolder(name.span, mode: 0o700) {
      made.append(folder.path)
      if try old.status().isMountPoint == true {
        throw IOFailure(call: "the mount point", path: String(path: name.span), code: .busy)
      }
    }
    let new = try outerNew.folder(name.span)
    do { try carry(folder, &rest, &made, from: old, to: new) } catch {
      throw error.below(name.span)
    }
  }

  private borrowing func takeFiles(
    of folder: Survey.Folder,
    from old: borrowing Directory,
    to new: borrowing Directory
  ) throws(IOFailure) {
    var taken: Set<[UInt8]> = []
    try folder.pages.forEachName { (name) throws(IOFailure) in
      let isTaken = try take(name, from: old, to: new)  // or else it was written anew
      if isTaken, !folder.copies.isEmpty { taken.insert(Array(name)) }
    }
    // The copy of a page that was written anew would be that of the old one.
    try folder.copies.forEachName { (name) throws(IOFailure) in
      guard let page = name.pageOfCopy, taken.contains(page) else { return }
      _ = try take(name, from: old, to: new)
    }
    try folder.foreign.forEachName { (name) throws(IOFailure) in
      if try take(name, from: old, to: new) { return }
      guard moment == .afterSwitch else {
        throw IOFailure(call: "linkat", path: String(path: name), code: .exists)
      }
      try takeNewer(name, from: old, to: new)
    }
  }

  /// Gives a file a second name, or copies it where that is impossible.
  ///
  /// - Returns: false when something has the new name already.
  private borrowing func take(
    _ name: borrowing Span<UInt8>,
    from old: borrowing Directory,
    as newName: [UInt8]? = nil,
    to new: borrowing Directory
  ) throws(IOFailure) -> Bool {
    let target = newName ?? Array(name)
    do {
      try new.link(target.span, from: old, name)
    } catch let error where error.code == .exists {
      return false
    } catch let error where error.code == .missing {
      return true  // someone has removed it in this moment
    } catch let error where error.cannotLink {
      try new.copy(target.span, from: old, name)
    }
    return true
  }

  /// Takes a file that was replaced in the old generation after it had been taken over.
  private borrowing func takeNewer(
    _ name: borrowing Span<UInt8>,
    from old: borrowing Directory,
    to new: borrowing Directory
  ) throws(IOFailure) {
    guard let theirs = try old.status(of: name), let ours = try new.status(of: name),
      !theirs.isSameFile(as: ours), ours.modified < theirs.modified, ours.kind != .folder
    else { return }
    let temporary = [UInt8](path: ".larder-arriving")
    guard try take(name, from: old, as: temporary, to: new) else { return }
    try new.rename(temporary.span, to: name)
  }
}

extension Survey.Folder {
  /// The last part of the path.
  fileprivate var name: [UInt8] {
    path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[($0 + 1)...]) } ?? path
  }
}

extension IOFailure {
  /// Whether a file cannot have a second name, for a reason that does not forbid a copy.
  fileprivate var cannotLink: Bool {
    switch code {
    case .crossDevice, .notPermitted, .tooManyNames, .unsupported: true
    default: false
    }
  }
}

extension Span where Element == UInt8 {
  /// The name of the page that a copy of this name is of; both have a NUL byte.
  fileprivate var pageOfCopy: [UInt8]? {
    var name = Array(self).dropLast()
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    name.removeSubrange(dot...)
    return name + [0]
  }
}

extension Array where Element == UInt8 {
  /// Calls `body` with each of the names that are joined here, its NUL byte included.
  fileprivate func forEachName(
    _ body: (borrowing Span<UInt8>) throws(IOFailure) -> Void
  ) throws(IOFailure) {
    var start = 0
    for end in indices where self[end] == 0 {
      try body(span.extracting(start..<end + 1))
      start = end + 1
    }
  }
}
