import IndexPipeline
import IndexRendering
import IndexTransport

/// An index in a folder.
final class FolderTree: PublishedTree {
  let name: String
  let base: HTTPURL
  let isWeb = false
  let width = coreCount
  private let root: Directory
  /// The names of what is directly in it.
  private let names: Set<[UInt8]>

  /// Opens the folder.
  ///
  /// - Throws: `StageFailure` if there is none, or it may not be read.
  init(_ path: String) throws(StageFailure) {
    name = path
    do throws(IOFailure) {
      root = try Directory.open([UInt8](path: path).span)
      var names: Set<[UInt8]> = []
      var listing = try root.list()
      while let entry = listing.next() { names.insert(Array(listing.bytes[entry.name].dropLast())) }
      self.names = names
    } catch {
      throw StageFailure(
        .unavailable,
        code: "cannot-read",
        "cannot read \(path): \(error.code)",
        help: "name the folder that larder published into, or the URL that it is served at"
      )
    }
    base = try Self.madeUpBase
  }

  func page(at path: [UInt8], as form: PageForm) async throws -> FoundPage {
    let file = folderPage(path) + [0]
    do throws(IOFailure) {
      guard let status = try root.status(of: file.span, followingLink: true) else {
        return .missing
      }
      guard status.kind == .file else { return .unservable("it is no file") }
      if let reason = status.closedness(0o444) { return .unservable(reason) }
      let input = try root.input(file.span, followingLink: true)
      return .page(ServedPage(bytes: try input.rest()))
    } catch {
      return .unservable("\(error.code)")
    }
  }

  /// The file of a page that is asked for as a folder.
  private func folderPage(_ path: [UInt8]) -> [UInt8] {
    path.isEmpty || path.last == UInt8(ascii: "/") ? path + "index.html".utf8 : path
  }

  func copies(of path: [UInt8]) async throws -> [CompressedPage] {
    var copies: [CompressedPage] = []
    for coding in ContentCoding.allCases {
      let name = path + coding.ending + [0]
      do throws(IOFailure) {
        guard let status = try root.status(of: name.span, followingLink: true),
          status.kind == .file
        else { continue }
        let bytes = try root.input(name.span, followingLink: true).rest()
        copies.append(CompressedPage(coding: coding, bytes: bytes))
      } catch {
        throw unreadable(error)
      }
    }
    return copies
  }

  func covers(_ path: [UInt8]) -> Bool {
    names.contains(Array(path.prefix { $0 != UInt8(ascii: "/") }))
  }

  func file(at path: [UInt8]) async throws -> ServedFile? {
    do throws(IOFailure) {
      guard let status = try root.status(of: (path + [0]).span, followingLink: true),
        status.kind == .file
      else { return nil }
      return ServedFile(size: Int(clamping: status.size), problem: status.closedness(0o444))
    } catch {
      throw unreadable(error)
    }
  }

  func digest(of path: [UInt8], _ algorithm: DigestAlgorithm) async throws -> String? {
    do {
      let file = try root.input((path + [0]).span, followingLink: true)
      var state = try Digest(algorithm)
      try state.update(readingAllOf: file)
      return state.finish().hexadecimal
    } catch let error as IOFailure {
      throw unreadable(error)
    }
  }

  func status(of path: [UInt8]) async throws -> Int? { nil }

  func listing() async throws -> TreeListing? {
    var survey = FolderSurvey()
    do throws(IOFailure) {
      try survey.visit(root)
    } catch {
      throw unreadable(error)
    }
    return survey.listing
  }

  private func unreadable(_ error: IOFailure) -> StageFailure {
    StageFailure(.unavailable, code: "cannot-read", "cannot read \(name): \(error)")
  }
}
