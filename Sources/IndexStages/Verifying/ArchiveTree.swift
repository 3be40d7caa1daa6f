import IndexPipeline
import IndexRendering
import IndexTransport

/// An index in an archive, which is read once and as a whole; its pages are held in memory.
final class ArchiveTree: PublishedTree {
  let name: String
  let base: HTTPURL
  let isWeb = false
  let width = coreCount
  /// What is in it, by path.
  private let members: [[UInt8]: Member]
  /// The first parts of the paths.
  private let names: Set<ArraySlice<UInt8>>

  private struct Member {
    let size: Int
    let sha256: String
    /// Nil if it is a distribution, or anything else that nobody reads.
    var content: [UInt8]?
    /// Whether another file of the same path came before it.
    var isRepeated = false
  }

  /// Reads an archive.
  ///
  /// - Throws: `StageFailure` if there is none, or it is damaged.
  init(_ path: String) throws(StageFailure) {
    name = path
    base = try Self.madeUpBase
    do {
      members = try Self.members(of: InputFile.open(path))
      names = Set(members.keys.map { $0.prefix { $0 != UInt8(ascii: "/") } })
    } catch {
      throw StageFailure(
        .unavailable,
        code: "cannot-read",
        "cannot read \(path): \((error as? IOFailure)?.code.description ?? "\(error)")",
        help: "name the archive, folder or URL of an index"
      )
    }
    if members[Array(DeltaNote.path.utf8)] != nil {
      throw StageFailure(
        .unavailable,
        code: "delta-archive",
        "\(path) is no whole index: it holds only what changed",
        help: "apply it to a folder with `larder apply`, and verify that"
      )
    }
  }

  private static func members(
    of archive: consuming InputFile
  ) throws -> [[UInt8]: Member] {
    var members: [[UInt8]: Member] = [:]
    var failure: LibraryFailure?
    try ArchiveFiles.forEach(in: archive, where: { _ in true }) { path, content in
      do throws(LibraryFailure) {
        // Archives that `tar` makes of a folder name it.
        let path = path.starts(with: "./".utf8) ? Array(path.dropFirst(2)) : path
        let digest = try Digest.of(content.span).hexadecimal
        let isRepeated = members[path] != nil
        members[path] = Member(
          size: content.count,
          sha256: digest,
          content: content,
          isRepeated: isRepeated
        )
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    return index(in: members)
  }

  /// The members by their paths from the root of the index on, which may be a folder of the archive.
  private static func index(in members: [[UInt8]: Member]) -> [[UInt8]: Member] {
    let pages: [StaticString] = ["larder/manifest.jsonl", "simple/index.html"]
    let folders = pages.lazy.compactMap { page in
      members.keys.filter { $0.hasSuffix(page) }.map { $0.dropLast(page.utf8CodeUnitCount) }
        .min { $0.count < $1.count }
    }
    let root = folders.first ?? []
    var index: [[UInt8]: Member] = [:]
    for (path, var member) in members where path.starts(with: root) {
      let path = Array(path.dropFirst(root.count))
      if PagePath(path.span) == .foreign, !path.hasSuffix(".metadata") { member.content = nil }
      index[path] = member
    }
    return index
  }

  func page(at path: [UInt8], as form: PageForm) async throws -> FoundPage {
    let isFolder = path.isEmpty || path.last == UInt8(ascii: "/")
    guard let member = members[isFolder ? path + "index.html".utf8 : path] else { return .missing }
    if member.isRepeated { return .unservable("the archive has two files of this path") }
    guard let content = member.content else { return .unservable("it is no page") }
    return .page(ServedPage(bytes: content))
  }

  func covers(_ path: [UInt8]) -> Bool {
    names.contains(path.prefix { $0 != UInt8(ascii: "/") })
  }

  func file(at path: [UInt8]) async throws -> ServedFile? {
    members[path].map { ServedFile(size: $0.size) }
  }

  func digest(of path: [UInt8], _ algorithm: DigestAlgorithm) async throws -> String? {
    algorithm == .sha256 ? members[path]?.sha256 : nil
  }

  func status(of path: [UInt8]) async throws -> Int? { nil }

  func listing() async throws -> TreeListing? {
    TreeListing(paths: members.keys.filter { PagePath($0.span) != .foreign })
  }
}
