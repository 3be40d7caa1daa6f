import IndexPipeline
import IndexRendering
import IndexTransport

/// An index in a folder.
final class FolderTree: PublishedTree {
  let base: HTTPURL
  let isWeb = false
  let width = coreCount
  private let path: String
  private let root: Directory
  /// The names of what is directly in it.
  private let names: Set<[UInt8]>

  /// Opens the folder.
  ///
  /// - Throws: `StageFailure` if there is none, or it may not be read.
  init(_ path: String) throws(StageFailure) {
    self.path = path
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
    // Deep enough that links which climb out of the folder stay out of it.
    do throws(HTTPURLProblem) {
      base = try HTTPURL("http://folder.invalid/1/2/3/4/5/6/7/8/")
    } catch {
      throw StageFailure(.bug, code: "bug", "\(error)")
    }
  }

  func page(at path: [UInt8], as form: PageForm) async throws -> FoundPage {
    let file = folderPage(path) + [0]
    do throws(IOFailure) {
      guard let status = try root.status(of: file.span, followingLink: true) else {
        return .missing
      }
      guard status.kind == .file else { return .unservable("it is no file") }
      // Servers run as somebody else than who publishes.
      guard status.permissions & 0o444 == 0o444 else {
        return .unservable(
          "not everybody may read it (mode 0\(String(status.permissions, radix: 8)))"
        )
      }
      let input = try root.input(file.span, followingLink: true)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(Int(clamping: status.size))
      while try input.read(into: &bytes, upTo: 1 << 18) > 0 {}
      return .page(ServedPage(bytes: bytes))
    } catch {
      return .unservable("\(error.code)")
    }
  }

  /// The file of a page that is asked for as a folder.
  private func folderPage(_ path: [UInt8]) -> [UInt8] {
    path.isEmpty || path.last == UInt8(ascii: "/") ? path + "index.html".utf8 : path
  }

  func covers(_ path: [UInt8]) -> Bool {
    names.contains(Array(path.prefix { $0 != UInt8(ascii: "/") }))
  }

  func holds(_ path: [UInt8]) async throws -> Bool {
    do throws(IOFailure) {
      return try root.status(of: (path + [0]).span, followingLink: true)?.kind == .file
    } catch {
      throw unreadable(error)
    }
  }

  func mistake(in path: [UInt8], size: Int?, digest: FileDigest?) async throws -> String? {
    do {
      let file = try root.input((path + [0]).span, followingLink: true)
      if let size, try file.status().size != UInt64(clamping: size) {
        return "it has \(try file.status().size) bytes, not \(size)"
      }
      guard let digest, let algorithm = digest.algorithm else { return nil }
      var state = try Digest(algorithm)
      try state.update(readingAllOf: file)
      let found = state.finish().hexadecimal
      return found.utf8.elementsEqual(digest.digits)
        ? nil : "its \(algorithm.rawValue) digest is \(found)"
    } catch let error as IOFailure {
      throw unreadable(error)
    }
  }

  func listing() async throws -> [[UInt8]]? {
    var survey = PathSurvey()
    do throws(IOFailure) {
      try survey.visit(root)
    } catch {
      throw unreadable(error)
    }
    return survey.paths
  }

  private func unreadable(_ error: IOFailure) -> StageFailure {
    StageFailure(.unavailable, code: "cannot-read", "cannot read \(path): \(error)")
  }
}

/// Looks for files that can be pages of an index.
private struct PathSurvey {
  private(set) var paths: [[UInt8]] = []
  private var path: [UInt8] = []

  mutating func visit(_ folder: borrowing Directory) throws(IOFailure) {
    var listing = try folder.list()
    while let entry = listing.next() {
      let name = Array(listing.bytes[entry.name])
      let mark = path.count
      if mark > 0 { path.append(UInt8(ascii: "/")) }
      path += name.dropLast()
      let kind = try folder.kind(of: entry, in: listing)
      if kind == .folder {
        if mark > 0 || Self.isOfIndex(name) {
          let inner = try folder.folder(name.span)
          try visit(inner)
        }
      } else if PagePath(path.span) != .foreign {
        paths.append(path)
      }
      path.removeSubrange(mark...)
    }
  }

  /// Whether a folder of the root holds pages; there may be many files in the others.
  private static func isOfIndex(_ name: [UInt8]) -> Bool {
    ["simple", "project", "pypi", "changelog", "larder"].contains {
      name.dropLast().elementsEqual($0.utf8)
    }
  }
}
