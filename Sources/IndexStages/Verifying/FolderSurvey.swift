import IndexRendering
import IndexTransport

/// Looks for files that can be pages of an index.
struct FolderSurvey {
  private(set) var listing = TreeListing()
  private var path: [UInt8] = []

  /// Looks into a folder, and into those of it that hold pages.
  ///
  /// - Throws: `IOFailure` if it cannot be read.
  mutating func visit(_ folder: borrowing Directory) throws(IOFailure) {
    if let reason = try folder.status().closedness(0o555) { listing.closed.append((path, reason)) }
    var names = try folder.list()
    var isEmpty = true
    while let entry = names.next() {
      isEmpty = false
      let name = Array(names.bytes[entry.name])
      let mark = path.count
      if mark > 0 { path.append(UInt8(ascii: "/")) }
      path += name.dropLast()
      let kind = try folder.kind(of: entry, in: names)
      if kind == .folder {
        if mark > 0 || Self.isOfIndex(name) {
          let inner = try folder.folder(name.span)
          try visit(inner)
        }
      } else if PagePath(path.span) != .foreign {
        listing.paths.append(path)
      } else if ContentCoding.copy(at: path) != nil {
        listing.copies.append(path)
      }
      path.removeSubrange(mark...)
    }
    if isEmpty { listing.empty.append(path) }
  }

  /// Whether a folder of the root holds pages; there may be many files in the others.
  private static func isOfIndex(_ name: [UInt8]) -> Bool {
    ["simple", "project", "pypi", "changelog", "larder"].contains {
      name.dropLast().elementsEqual($0.utf8)
    }
  }
}

extension FileStatus {
  /// Why not everybody may do something here, as a server must that runs as somebody else; nil if all
  /// may.
  func closedness(_ wanted: UInt32) -> String? {
    guard permissions & wanted != wanted else { return nil }
    return "not everybody may read it (mode 0\(String(permissions, radix: 8)))"
  }
}
