import IndexTransport

/// Files that hold what tests expect, byte by byte.
///
/// With `RECORD_GOLDEN=1` in the environment they are written anew, and each test that asks for
/// one fails all the same: a run that records its expectations proves nothing.
public struct GoldenFolder: Sendable {
  /// The path of the folder.
  public let path: String

  /// Creates the folder `Golden/name` beside a file of tests.
  public init(_ name: String = "", beside file: String = #filePath) {
    let folder = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(file[..<$0]) } ?? "."
    path = name.isEmpty ? "\(folder)/Golden" : "\(folder)/Golden/\(name)"
  }

  /// Creates a folder that is anywhere.
  public init(at path: String) { self.path = path }

  /// Creates a folder of the repository.
  public init(repository folder: String, file: String = #filePath) {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    let root = parts.lastIndex(of: "Tests") ?? 0
    path = parts[..<root].joined(separator: "/") + "/\(folder)"
  }

  /// The bytes of a file.
  public func read(_ name: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let file = try InputFile.open("\(path)/\(name)")
    while try file.read(into: &bytes, upTo: 1 << 16) > 0 {}
    return bytes
  }

  /// The paths of all files below the folder, sorted.
  public func names() throws -> [String] {
    let folder = try Directory.open([UInt8](path: path).span)
    return try Self.names(in: folder, prefix: "").sorted()
  }

  private static func names(
    in folder: borrowing Directory,
    prefix: String
  ) throws -> [String] {
    var found: [String] = []
    var listing = try folder.list()
    while let entry = listing.next() {
      let bytes = Array(listing.bytes[entry.name])
      let name = prefix + String(path: bytes.span)
      if try folder.kind(of: entry, in: listing) == .folder {
        let inner = try folder.folder(bytes.span)
        found += try names(in: inner, prefix: "\(name)/")
      } else {
        found.append(name)
      }
    }
    return found
  }

  /// Compares `actual` with a file.
  ///
  /// - Returns: What a person reads if they differ, or nil.
  public func difference(_ name: String, _ actual: [UInt8]) throws -> String? {
    if try Self.isRecording() {
      try record(name, actual)
      return "\(name) was recorded; run again without RECORD_GOLDEN"
    }
    let expected = try read(name)
    if expected == actual { return nil }
    let place = zip(expected, actual).prefix { $0 == $1 }.count
    let line = expected[..<place].count { $0 == UInt8(ascii: "\n") } + 1
    let excerpt = String(decoding: actual[max(0, place - 60)...].prefix(160), as: UTF8.self)
    return "\(name) differs on line \(line), at byte \(place), near: \(excerpt)"
  }

  private func record(_ name: String, _ actual: [UInt8]) throws {
    let file = Array("\(path)/\(name)".utf8)
    let working = try Directory.open([UInt8](path: ".").span)
    for slash in file.indices.dropFirst() where file[slash] == UInt8(ascii: "/") {
      let folder = file[..<slash] + [0]
      try working.makeFolder(folder.span)
    }
    try Directory.replaceFile("\(path)/\(name)", with: actual.span)
  }

  private static func isRecording() throws -> Bool {
    var variables: [UInt8] = []
    let environment = try InputFile.open("/proc/self/environ")
    while try environment.read(into: &variables, upTo: 1 << 16) > 0 {}
    return variables.split(separator: 0).contains { $0.elementsEqual("RECORD_GOLDEN=1".utf8) }
  }
}
