import IndexPipeline
import IndexTransport

/// A path, or a pattern of paths: `*` and `?` in the names of files and folders, and `**` for any
/// number of folders.
struct PathPattern {
  private let text: String

  init(_ text: String) { self.text = text }

  /// Whether it has signs of a pattern, and so may find what nobody thought of.
  var isPattern: Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// The paths that the pattern names, sorted; a path without signs of a pattern names itself.
  ///
  /// - Throws: `StageFailure` if nothing matches, or a folder cannot be read.
  func matches() throws(StageFailure) -> [String] {
    guard isPattern else { return [text] }
    let slash = UInt8(ascii: "/")
    let start = text.utf8.first == slash ? "/" : ""
    let parts = text.utf8.split(separator: slash).map { Array($0) }
    var found: [String] = []
    do throws(IOFailure) {
      try Self.find(parts[...], in: start, into: &found)
    } catch {
      throw StageFailure(.config, code: "cannot-read", "cannot look for \(text): \(error)")
    }
    if found.isEmpty {
      throw StageFailure(.config, code: "no-file", "no file matches \(text)")
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func find(
    _ parts: ArraySlice<[UInt8]>,
    in folder: String,
    into found: inout [String]
  ) throws(IOFailure) {
    guard let part = parts.first else { return }
    let rest = parts.dropFirst()
    let isAnyFolder = part.elementsEqual("**".utf8)
    if isAnyFolder { try find(rest, in: folder, into: &found) }
    let directory = try Directory.open([UInt8](path: folder.isEmpty ? "." : folder).span)
    var listing = try directory.list()
    while let entry = listing.next() {
      let name = Array(listing.bytes[entry.name].dropLast())
      let path = folder + String(decoding: name, as: UTF8.self)
      let isFolder = try directory.kind(of: entry, in: listing) == .folder
      if isAnyFolder {
        // Hidden folders hold what tools keep there.
        if isFolder, name.first != UInt8(ascii: ".") {
          try find(parts, in: "\(path)/", into: &found)
        }
      } else if matches(name[...], part[...]) {
        if !rest.isEmpty, isFolder { try find(rest, in: "\(path)/", into: &found) }
        if rest.isEmpty, !isFolder, !found.contains(path) { found.append(path) }
      }
    }
  }

  /// Whether a name matches a pattern of one part.
  private static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    guard let sign = pattern.first else { return name.isEmpty }
    if sign == UInt8(ascii: "*") {
      return (name.startIndex...name.endIndex).contains {
        matches(name[$0...], pattern.dropFirst())
      }
    }
    guard let byte = name.first, sign == UInt8(ascii: "?") || sign == byte else { return false }
    return matches(name.dropFirst(), pattern.dropFirst())
  }
}
