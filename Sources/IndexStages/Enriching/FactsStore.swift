import IndexModel
import IndexTransport
import StrictJSON

/// What was found out about files, by their URL, from one run to the next.
///
/// One line of JSON a file. Deleting it never changes a result.
struct FactsStore: Sendable {
  private static let suffix = "facts.jsonl"
  private static let signature = #"{"larder_facts":2}"#

  private let cache: StageCache?
  private let known: [[UInt8]: RemoteFacts]
  private var found: [[UInt8]: RemoteFacts] = [:]

  /// Reads what the run before has kept.
  ///
  /// - Parameter cache: The place; nil to keep nothing.
  init(in cache: StageCache?) {
    self.cache = cache
    guard let cache, let bytes = cache.read(Self.suffix) else {
      known = [:]
      return
    }
    do {
      known = try Self.parse(bytes)
    } catch {
      cache.refuse(Self.suffix, "it is damaged, or of another version")
      known = [:]
    }
  }

  /// What is known of the file at a URL.
  subscript(url: HTTPURL) -> RemoteFacts? { known[url.bytes] }

  /// Takes what was found out, or found to be so still.
  ///
  /// Of a description that nobody wants any more, nothing is kept.
  mutating func take(_ facts: RemoteFacts, of file: RemoteFile) {
    var facts = facts
    if !file.wish.description { facts.description = nil }
    found[file.url.bytes] = facts
  }

  /// Keeps what was found out for the next run.
  ///
  /// - Parameter isComplete: Whether all files were looked at, so that others are forgotten.
  func keep(isComplete: Bool) throws(LibraryFailure) {
    guard let cache else { return }
    let kept = isComplete ? found : known.merging(found) { $1 }
    if kept == known { return }
    let text = try SealedLines.file(title: Self.signature) { text in
      for (url, facts) in kept.sorted(by: { $0.key.span.lexicographicallyPrecedes($1.key.span) }) {
        facts.append(of: url, to: &text)
      }
    }
    cache.keep(text.span, in: Self.suffix)
  }

  private struct Damage: Error {}

  private static func parse(_ bytes: [UInt8]) throws -> [[UInt8]: RemoteFacts] {
    guard let lines = try SealedLines.lines(of: bytes, title: signature) else { throw Damage() }
    var known: [[UInt8]: RemoteFacts] = [:]
    for line in bytes[lines].split(separator: UInt8(ascii: "\n")) {
      let value = try JSONDocument(parsing: Array(line)).root
      guard let url = value["url"]?.string else { throw Damage() }
      known[Array(url.utf8)] = RemoteFacts(value)
    }
    return known
  }
}

extension RemoteFacts {
  /// Reads a line.
  init(_ line: JSONValue) {
    validators = HTTPValidators(
      entityTag: line["etag"]?.string,
      lastModified: line["last_modified"]?.string
    )
    claim = line["claim"]?.string
    size = line["size"]?.integer
    for member in line["hashes"]?.members ?? [] {
      guard let algorithm = HashAlgorithm(member.key.utf8Span.span) else { continue }
      digests[algorithm] = member.value.string
    }
    if let members = line["metadata"]?.string {
      metadata = members.isEmpty ? .missing : .found(members: Array(members.utf8.dropFirst()))
    }
    description = line["description"]?.string.map { Array($0.utf8) }
    if let digest = line["sibling"]?.string {
      sibling = digest.isEmpty ? .absent : .served(digest: digest)
    }
  }

  /// Appends a line.
  fileprivate func append(of url: [UInt8], to text: inout ByteBuffer) {
    var line = JSONObjectWriter()
    func add(_ key: StaticString, _ value: String?) {
      guard let value else { return }
      line.key(key, to: &text)
      text.append(json: value)
    }
    add("url", String(decoding: url, as: UTF8.self))
    add("etag", validators?.entityTag)
    add("last_modified", validators?.lastModified)
    add("claim", claim)
    if let size {
      line.key("size", to: &text)
      text.append(decimal: size)
    }
    if !digests.isEmpty {
      line.key("hashes", to: &text)
      text.append(hashes: digests)
    }
    switch metadata {
    case .unread: break
    case .missing: add("metadata", "")
    // The colon tells nothing from no metadata.
    case .found(let members): add("metadata", ":" + String(decoding: members, as: UTF8.self))
    }
    add("description", description.map { String(decoding: $0, as: UTF8.self) })
    switch sibling {
    case .unknown: break
    case .absent: add("sibling", "")
    case .served(let digest): add("sibling", digest)
    }
    line.end(to: &text)
    text.append("\n")
  }
}

extension ByteBuffer {
  /// Appends digests as the object of a record.
  mutating func append(hashes digests: [HashAlgorithm: String]) {
    var object = JSONObjectWriter()
    for algorithm in HashAlgorithm.allCases {
      guard let digest = digests[algorithm] else { continue }
      object.key(algorithm.name, to: &self)
      append(json: digest)
    }
    object.end(to: &self)
  }
}
