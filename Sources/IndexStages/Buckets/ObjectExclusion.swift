import IndexPipeline
import IndexTransport

/// Which objects below a prefix are left out: by patterns that their paths or a folder of theirs
/// meet.
struct ObjectExclusion: Sendable {
  private let globs: [Glob]
  private let prefixLength: Int

  init(globs: [Glob], prefix: String) {
    self.globs = globs
    prefixLength = prefix.utf8.count
  }

  /// Whether an object is left out.
  func excludes(_ object: S3Object) -> Bool {
    if globs.isEmpty { return false }
    var path = object.key[...].dropFirst(prefixLength)
    if path.first == UInt8(ascii: "/") { path = path.dropFirst() }
    if matches(path) { return true }
    return path.indices.contains { index in
      path[index] == UInt8(ascii: "/") && (matches(path[..<index]) || matches(path[...index]))
    }
  }

  private func matches(_ path: ArraySlice<UInt8>) -> Bool {
    globs.contains { $0.matches(Array(path).span) }
  }
}

extension Settings {
  /// Reads patterns of the paths that are left out below a place.
  mutating func exclusions(_ doc: String, example: [String]) -> [Glob] {
    let name = "exclude"
    return strings(name, doc, takesOne: true, example: example).compactMap { text in
      do throws(Glob.Problem) {
        return try Glob(Array(text.utf8).span)
      } catch {
        refuse("wrong-pattern", "\"\(name)\": \"\(text)\": \(error.rawValue)", field: name)
        return nil
      }
    }
  }
}
