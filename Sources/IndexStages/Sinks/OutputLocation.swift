import IndexPipeline
import IndexTransport

/// Where an index lies: the folder that is served, and the names beside it that publishing uses.
///
/// All of them are in one folder, so that a generation takes the place of another by renaming.
struct OutputLocation: ~Copyable, Sendable {
  /// The folder around the output folder.
  let parent: Directory
  /// The absolute path of the output folder, for people.
  let path: String
  /// Its name in `parent`; this and the names that follow end with a NUL byte.
  let name: [UInt8]
  /// The generation being made.
  let next: [UInt8]
  /// The folder that tries out whether the filesystem can exchange two names.
  let probe: [UInt8]
  /// The generation that was served before the present one.
  let previous: [UInt8]
  /// The lock of whoever publishes.
  let lock: [UInt8]

  /// Finds the real place of `path`, making the folders above it.
  ///
  /// - Parameters:
  ///   - path: The path of the folder or the file.
  ///   - permissions: Those of what is made there; nil for those that the umask leaves.
  /// - Throws: `StageFailure` when there is no such place or it may not be searched.
  static func resolve(
    _ path: String,
    making permissions: MadePermissions? = nil
  ) throws(StageFailure) -> OutputLocation {
    guard path.isPath else {
      throw StageFailure(
        .config,
        code: "bad-output-folder",
        "the output folder has a name that no folder can have",
        help: "name a folder, such as public"
      )
    }
    let place: Place
    do { place = try Place(of: Array(path.utf8)) } catch {
      throw StageFailure(publishingTo: path, error)
    }
    guard !place.name.isEmpty else {
      throw StageFailure(
        .config,
        code: "bad-output-folder",
        "\(path) is the root of the filesystem, which cannot be switched",
        help: "name a folder in it"
      )
    }
    do {
      var parent = try Directory.open(place.folder.span)
      parent.madePermissions = permissions
      return OutputLocation(parent: parent, at: place)
    } catch {
      throw StageFailure(publishingTo: path, error)
    }
  }

  private init(parent: consuming Directory, at place: Place) {
    self.parent = parent
    let folder = String(path: place.folder.span)
    let name = place.name + [0]
    self.name = name
    path = (folder == "/" ? folder : folder + "/") + String(path: name.span)
    next = place.beside(".larder-next")
    probe = place.beside(".larder-next-probe")
    previous = place.beside(".larder-previous")
    lock = place.beside(".larder-lock")
  }

  /// What the output folder is now; nil when it does not exist.
  ///
  /// - Throws: `IOFailure` when the folder around it may not be searched.
  borrowing func present() throws(IOFailure) -> FileStatus? { try parent.status(of: name.span) }

  /// Whether the process works in the output folder, so that its relative paths start there.
  borrowing func isWorkingFolder() throws(IOFailure) -> Bool {
    let here = try Directory.open([UInt8](path: ".").span)
    guard let present = try present() else { return false }
    return try here.status().isSameFile(as: present)
  }
}

/// A real folder and a name in it that is no symbolic link.
private struct Place {
  /// The absolute path of the folder, with a NUL byte.
  let folder: [UInt8]
  /// The name, without; empty for the root of the filesystem.
  let name: [UInt8]

  private static let mostLinks = 40  // as the kernel

  init(of path: [UInt8]) throws(IOFailure) {
    var rest = path
    for _ in 0..<Self.mostLinks {
      while rest.count > 1, let last = rest.last, last == UInt8(ascii: "/") { rest.removeLast() }
      let slash = rest.lastIndex(of: UInt8(ascii: "/"))
      let name = slash.map { Array(rest[($0 + 1)...]) } ?? rest
      if name.allSatisfy({ $0 == UInt8(ascii: ".") }) && name.count <= 2 {
        let real = try Directory.realPath(of: (rest + [0]).span)
        if real.count == 2 {
          self.init(folder: real, name: [])
          return
        }
        rest = real.dropLast()
        continue
      }
      let folder =
        slash.map { $0 == 0 ? [UInt8(ascii: "/")] : Array(rest[..<$0]) } ?? [UInt8(ascii: ".")]
      let real = try Self.makeFolders(folder)
      guard let target = try Self.linkTarget(of: name, in: real) else {
        self.init(folder: real, name: name)
        return
      }
      rest =
        target.first == UInt8(ascii: "/") ? target : real.dropLast() + [UInt8(ascii: "/")] + target
    }
    throw IOFailure(call: "readlinkat", path: String(path: path.span), code: .linkLoop)
  }

  private init(folder: [UInt8], name: [UInt8]) {
    self.folder = folder
    self.name = name
  }

  /// Makes what is missing of a folder and returns its real path.
  private static func makeFolders(_ path: [UInt8]) throws(IOFailure) -> [UInt8] {
    let whole = path + [0]
    do {
      return try Directory.realPath(of: whole.span)
    } catch let error where error.code == .missing {
      try Directory.makeFolders(above: path + [UInt8(ascii: "/")])
      return try Directory.realPath(of: whole.span)
    }
  }

  /// What a symbolic link points to, without a NUL byte; nil when `name` is none.
  private static func linkTarget(
    of name: [UInt8],
    in folder: [UInt8]
  ) throws(IOFailure) -> [UInt8]? {
    let directory = try Directory.open(folder.span)
    let path = name + [0]
    guard try directory.status(of: path.span)?.kind == .link else { return nil }
    return try directory.linkTarget(path.span).dropLast()
  }

  /// A hidden name beside the output folder, which is of this output folder only.
  func beside(_ suffix: String) -> [UInt8] {
    let mostBytes = 255  // of a name, on every filesystem of note
    let longestSuffix = 18
    var base = name
    if 1 + base.count + longestSuffix > mostBytes {
      let digest = Self.fingerprint(name)
      base = name.prefix(mostBytes - 1 - longestSuffix - digest.count) + digest
    }
    return [UInt8(ascii: ".")] + base + Array(suffix.utf8) + [0]
  }

  /// FNV-1a, as a dash and 16 hexadecimal digits.
  private static func fingerprint(_ bytes: [UInt8]) -> [UInt8] {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return Array("-\(String(repeating: "0", count: 16 - digits.count))\(digits)".utf8)
  }
}
