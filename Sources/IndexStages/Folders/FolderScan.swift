import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// Looks through a folder for distributions and what goes with them.
///
/// Names that begin with a dot are passed over. Symbolic links to files are followed; those to
/// folders are not, so that there is no circle and nothing is seen twice.
struct FolderScan {
  /// The most folders within each other: more come from a mistake.
  private static var depthLimit: Int { 64 }

  let isRecursive: Bool
  let exclusions: [Glob]

  /// What stands between the folder of the source and the files.
  private(set) var distributions: [FoundFile] = []
  /// Signatures and metadata by their paths.
  private(set) var companions: [[UInt8]: FoundFile] = [:]
  /// Files whose names end as those of distributions and cannot be in an index.
  private(set) var misnamed: [(path: [UInt8], problem: FilenameProblem)] = []
  /// Links to folders, by their paths.
  private(set) var folderLinks: [[UInt8]] = []
  /// The number of files that are none of these.
  private(set) var otherCount = 0

  init(isRecursive: Bool, exclusions: [Glob]) {
    self.isRecursive = isRecursive
    self.exclusions = exclusions
  }

  /// Looks through a folder; what was found is sorted by the bytes of the paths.
  ///
  /// - Throws: `IOFailure` if any part of the folder cannot be looked at.
  mutating func look(through folder: borrowing Directory) throws(IOFailure) {
    try look(through: folder, prefix: [], depth: 0)
    distributions.sort { $0.path.span.lexicographicallyPrecedes($1.path.span) }
    misnamed.sort { $0.path.span.lexicographicallyPrecedes($1.path.span) }
    folderLinks.sort { $0.span.lexicographicallyPrecedes($1.span) }
  }

  /// The names that files in different folders share.
  var twins: Set<ArraySlice<UInt8>> {
    guard let first = distributions.first else { return [] }
    let folder = first.path[..<first.nameStart]
    if distributions.allSatisfy({ $0.path[..<$0.nameStart] == folder }) { return [] }
    let counts = Dictionary(distributions.map { ($0.filename, 1) }, uniquingKeysWith: +)
    return Set(counts.lazy.filter { $0.value > 1 }.map(\.key))
  }

  /// The places of the distributions whose descriptions are wanted.
  var newest: Set<Int> {
    var newest = NewestReleases()
    for (place, file) in distributions.enumerated() {
      if let name = file.name { newest.add(place, file.filename.span, name) }
    }
    return newest.files
  }

  /// What goes with a distribution and has its name with an ending more.
  func companion(of file: FoundFile, _ ending: [UInt8]) -> FoundFile? {
    companions.isEmpty ? nil : companions[file.path + ending]
  }

  private mutating func look(
    through folder: borrowing Directory,
    prefix: [UInt8],
    depth: Int
  ) throws(IOFailure) {
    var listing: DirectoryListing
    do throws(IOFailure) { listing = try folder.list() } catch { throw error.inside(prefix) }
    while let entry = listing.next() {
      let name = Array(listing.bytes[entry.name])
      if name[0] == UInt8(ascii: ".") { continue }
      let path = prefix + name.dropLast()
      do throws(IOFailure) {
        guard let kind = try folder.kind(of: entry, in: listing) else { continue }
        switch kind {
        case .folder where isRecursive && !isExcluded(path + [UInt8(ascii: "/")]):
          guard depth < Self.depthLimit else {
            throw IOFailure(call: "openat", path: "", code: .nameTooLong)
          }
          let inner = try folder.folder(name.span)
          try look(through: inner, prefix: path + [UInt8(ascii: "/")], depth: depth + 1)
        case .folder: break
        default: try add(path, name, kind, in: folder, from: prefix.count)
        }
      } catch {
        throw error.path.utf8.contains(UInt8(ascii: "/")) ? error : error.inside(path)
      }
    }
  }

  private mutating func add(
    _ path: [UInt8],
    _ name: [UInt8],
    _ kind: FileKind,
    in folder: borrowing Directory,
    from nameStart: Int
  ) throws(IOFailure) {
    if isExcluded(path) { return }
    let role = FileRole(name.span.extracting(..<(name.count - 1)))
    let isLink = kind == .link
    if case .other = role {
      if isLink, try folder.status(of: name.span, followingLink: true)?.kind == .folder {
        folderLinks.append(path)
      } else {
        otherCount += 1
      }
      return
    }
    guard let status = try folder.status(of: name.span, followingLink: isLink) else {
      // A link to nothing has the name of a distribution and no bytes.
      throw IOFailure(call: "statx", path: "", code: .missing)
    }
    guard status.kind == .file else {
      if status.kind == .folder {
        folderLinks.append(path)
        return
      }
      throw IOFailure(call: "openat", path: "", code: .invalid)
    }
    let file = FoundFile(
      path: path,
      nameStart: nameStart,
      name: role.name,
      identity: FileIdentity(status),
      isLink: isLink
    )
    switch role {
    case .distribution: distributions.append(file)
    case .companion: companions[path] = file
    case .misnamed(let problem): misnamed.append((path, problem))
    case .other: break
    }
  }

  private func isExcluded(_ path: [UInt8]) -> Bool {
    let isFolder = path.last == UInt8(ascii: "/")
    return exclusions.contains { pattern in
      pattern.matches(path.span)
        || isFolder && pattern.matches(path.span.extracting(..<(path.count - 1)))
    }
  }
}

extension IOFailure {
  /// The same failure, of what is at a path.
  fileprivate func inside(_ path: [UInt8]) -> IOFailure {
    IOFailure(call: call, path: String(decoding: path, as: UTF8.self), code: code)
  }
}
