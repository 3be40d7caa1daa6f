import StrictJSON

/// A page of the simple API in JSON, as it is written.
struct ListedJSON {
  /// The name that the page gives itself; nil if it is a root page.
  private(set) var name: [UInt8]?
  private(set) var files: [ListedFile]?
  /// The names of a root page.
  private(set) var projects: [[UInt8]]?

  /// Reads a page.
  ///
  /// - Throws: `JSONError` if it is not JSON.
  init(_ page: [UInt8]) throws(JSONError) {
    let root = try JSONDocument(parsing: page, maximumSize: 1 << 30).root
    name = root["name"]?.bytes
    files = root["files"]?.elements.map { $0.map(Self.file) }
    projects = root["projects"]?.elements.map { $0.map { $0["name"]?.bytes ?? [] } }
  }

  private static func file(_ value: JSONValue) -> ListedFile {
    var file = ListedFile()
    file.filename = value["filename"]?.bytes ?? []
    file.href = value["url"]?.bytes ?? []
    for member in value["hashes"]?.members ?? [] {
      file.digests.append(digest(member))
    }
    file.requiresPython = value["requires-python"]?.bytes ?? []
    addYank(value["yanked"], to: &file)
    addMetadata(value["core-metadata"] ?? value["dist-info-metadata"], to: &file)
    addSize(value["size"], to: &file)
    if value["hashes"]?.members == nil {
      file.faults.append((code: "bad-member", message: "has no \"hashes\", which is an object"))
    }
    if value["upload-time"]?.kind == .null {
      file.faults.append((code: "bad-member", message: "has an \"upload-time\" of null"))
    }
    return file
  }

  private static func digest(_ member: JSONMember) -> FileDigest {
    FileDigest(name: Array(member.key.utf8), digits: member.value.bytes ?? [])
  }

  private static func addYank(_ value: JSONValue?, to file: inout ListedFile) {
    switch value?.payload {
    case nil, .boolean(false): return
    case .boolean(true): file.yank = []
    case .string(let reason) where !reason.isEmpty: file.yank = Array(reason.utf8)
    default: file.faults.append((code: "bad-member", message: "has a \"yanked\" that is no reason"))
    }
  }

  private static func addMetadata(_ value: JSONValue?, to file: inout ListedFile) {
    switch value?.payload {
    case nil, .boolean(false): return
    case .boolean(true): file.metadata = .there
    case .object(let members) where !members.isEmpty:
      let best = members.first { $0.key.utf8.elementsEqual("sha256".utf8) } ?? members[0]
      file.metadata = .digest(digest(best))
    default:
      file.faults.append((code: "bad-member", message: "has a \"core-metadata\" that says nothing"))
    }
  }

  private static func addSize(_ value: JSONValue?, to file: inout ListedFile) {
    guard let value else { return }
    if let size = value.integer, size >= 0 {
      file.size = size
    } else {
      file.faults.append((code: "bad-member", message: "has a \"size\" that is no number of bytes"))
    }
  }
}

extension JSONValue {
  /// The bytes of a string; nil if it is none.
  var bytes: [UInt8]? { string.map { Array($0.utf8) } }
}
