internal import CLinux
internal import Glibc

/// One of several equal parts of the work on a tree.
///
/// The folders two levels down, which are those of one project each, are dealt out by their names:
/// their order is no longer the same for all when one part begins to remove some.
public struct TreeShare: Sendable {
  /// The number of this part, from 0.
  public let index: Int
  /// The number of parts.
  public let count: Int

  /// Creates part `index` of `count`.
  public init(_ index: Int, of count: Int) {
    self.index = index
    self.count = count
  }

  /// The one part that is everything.
  public static var whole: TreeShare { TreeShare(0, of: 1) }

  /// Whether the folder `name` of a folder at `depth` belongs to this part.
  public func includes(folder name: borrowing Span<UInt8>, at depth: Int) -> Bool {
    guard depth == 1 && count > 1 else { return true }
    var sum = 0
    for place in 0..<name.count { sum += Int(name[place]) }
    return sum % count == index
  }

  /// Whether the files of a folder at `depth`, which every part visits above 2, belong to it.
  public func includesFiles(at depth: Int) -> Bool { depth > 1 || index == 0 }
}

extension Directory {
  /// Opens a folder deeper down without following a symbolic link anywhere on the way.
  ///
  /// - Parameters:
  ///   - path: A path below this folder without `..`.
  ///   - makesFolders: Whether to make the folders that are missing.
  /// - Throws: `IOFailure`, with `missing` when it does not exist, `linkLoop` or `notFolder` when
  ///   a part of it is no folder.
  public borrowing func descend(
    _ path: borrowing Span<UInt8>,
    makingFolders makesFolders: Bool = false
  ) throws(IOFailure) -> Directory {
    var folder = try self.folder(Self.here.span)
    var component: [UInt8] = []
    for index in 0..<path.count {
      if path[index] != UInt8(ascii: "/") && path[index] != 0 {
        component.append(path[index])
        continue
      }
      if component.isEmpty { continue }
      component.append(0)
      if makesFolders { try folder.makeFolder(component.span) }
      folder = try folder.folder(component.span)
      component.removeAll(keepingCapacity: true)
    }
    return folder
  }

  private static var here: [UInt8] { [UInt8(ascii: "."), 0] }

  /// Removes a file or a folder with all that is in it; nothing there is no failure.
  ///
  /// - Throws: `IOFailure` when something cannot be removed; a part is gone then.
  public borrowing func removeTree(_ path: borrowing Span<UInt8>) throws(IOFailure) {
    guard let status = try status(of: path) else { return }
    guard status.kind == .folder else { return try removeFile(path) }
    try removeContents(of: path, .whole, depth: 2)
    try removeFolder(path)
  }

  /// Removes one part of what is in a folder, so that several tasks can share the work.
  ///
  /// What is left for ``removeTree(_:)`` afterwards are the topmost two levels of folders.
  ///
  /// - Throws: `IOFailure` when something cannot be removed; a part is gone then.
  public borrowing func removeContents(
    of path: borrowing Span<UInt8>,
    _ share: TreeShare
  ) throws(IOFailure) {
    try removeContents(of: path, share, depth: 0)
  }

  private borrowing func removeContents(
    of path: borrowing Span<UInt8>,
    _ share: TreeShare,
    depth: Int
  ) throws(IOFailure) {
    let folder = try self.folder(path)
    do {
      try folder.allowRemoval()
      try folder.removeEntries(share, depth: depth)
    } catch {
      throw error.below(path)
    }
  }

  /// Lets the owner change a folder that was protected against it, as a carried-over one may be.
  private borrowing func allowRemoval() throws(IOFailure) {
    let status = try self.status()
    guard status.permissions & 0o300 != 0o300 else { return }
    try setPermissions(status.permissions | 0o300)
  }

  private borrowing func removeEntries(
    _ share: TreeShare,
    depth: Int
  ) throws(IOFailure) {
    var listing = try list()
    while let entry = listing.next() {
      if try kind(of: entry, in: listing) == .folder {
        guard share.includes(folder: listing.bytes.span.extracting(entry.name), at: depth)
        else { continue }
        try removeContents(of: listing.bytes.span.extracting(entry.name), share, depth: depth + 1)
        if depth > 0 { try removeFolder(listing.bytes.span.extracting(entry.name)) }
      } else if share.includesFiles(at: depth) {
        try removeFile(listing.bytes.span.extracting(entry.name))
      }
    }
  }

  /// Copies a file or a symbolic link of `other`, with its permissions and its time of change.
  ///
  /// - Throws: `IOFailure`, with `exists` when anything has the name here, `unsupported` for
  ///   devices, sockets and pipes.
  public borrowing func copy(
    _ path: borrowing Span<UInt8>,
    from other: borrowing Directory,
    _ source: borrowing Span<UInt8>
  ) throws(IOFailure) {
    switch try other.status(of: source)?.kind {
    case .file: try copyFile(path, from: other, source)
    case .link:
      let target = try other.linkTarget(source)
      try makeLink(path, to: target.span)
    case .folder, .special: throw IOFailure("copy", source, Int(-EOPNOTSUPP))
    case nil: throw IOFailure("copy", source, Int(-ENOENT))
    }
  }

  private borrowing func copyFile(
    _ path: borrowing Span<UInt8>,
    from other: borrowing Directory,
    _ source: borrowing Span<UInt8>
  ) throws(IOFailure) {
    let input = try other.input(source)
    let output = try create(path, mode: 0o600)
    do {
      try output.write(contentsOf: input)
      try output.close()
    } catch {
      throw error.at(path)
    }
  }
}

extension OutputFile {
  /// Writes all that is left to read of `input` and takes over what else it is.
  fileprivate borrowing func write(contentsOf input: borrowing InputFile) throws(IOFailure) {
    var block: [UInt8] = []
    while try input.read(into: &block, upTo: 1 << 18) > 0 {
      try write(block.span)
      block.removeAll(keepingCapacity: true)
    }
    try adopt(input.status())
  }
}
