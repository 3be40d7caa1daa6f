import IndexPipeline
import IndexTransport
import StrictJSON

/// The facts of objects as the runs before asked for them, in one file of the cache.
///
/// A line of JSON about each object. Those of another bucket or of other questions are not used.
struct ObjectFactsStore {
  private static let suffix = "objects"

  private let cache: StageCache
  /// The first line: what the facts are of.
  private let signature: [UInt8]
  private var known: [S3Object: ObjectFacts] = [:]

  /// Reads what was kept.
  init(_ cache: StageCache, bucket: HTTPURL, _ questions: ObjectQuestions) {
    self.cache = cache
    var buffer = ByteBuffer()
    var line = JSONObjectWriter()
    line.key("larder_objects", to: &buffer)
    buffer.append("1")
    line.key("bucket", to: &buffer)
    buffer.append(json: bucket.bytes.span)
    line.key("checksums", to: &buffer)
    buffer.append(questions.wantsChecksum ? "true" : "false")
    line.key("metadata", to: &buffer)
    Self.append(questions.metadata, to: &buffer)
    line.end(to: &buffer)
    signature = Array(buffer.span)
    guard let bytes = cache.read(Self.suffix) else { return }
    var lines = bytes.split(separator: UInt8(ascii: "\n"))[...]
    guard lines.popFirst()?.elementsEqual(signature) == true else { return }
    do throws(JSONError) {
      for line in lines { try take(try JSONDocument(parsing: Array(line)).root) }
    } catch {
      known = [:]
      cache.refuse(Self.suffix, error.message)
    }
  }

  /// The facts of an object in this very version.
  subscript(object: S3Object) -> ObjectFacts? { known[object] }

  /// Keeps the facts of objects, and no others.
  func keep(_ facts: [S3Object: ObjectFacts]) {
    var buffer = ByteBuffer()
    buffer.append(signature.span)
    buffer.append("\n")
    let order = facts.keys.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    for object in order {
      // What JSON cannot hold is asked again.
      guard let facts = facts[object], String(validating: object.key, as: UTF8.self) != nil else {
        continue
      }
      var line = JSONObjectWriter()
      line.key("key", to: &buffer)
      buffer.append(json: object.key.span)
      line.key("etag", to: &buffer)
      buffer.append(json: object.entityTag.span)
      line.key("size", to: &buffer)
      buffer.append(decimal: object.size)
      line.key("modified", to: &buffer)
      buffer.append(json: object.modified.span)
      if let sha256 = facts.sha256 {
        line.key("sha256", to: &buffer)
        buffer.append(json: sha256)
      }
      line.key("metadata", to: &buffer)
      Self.append(facts.metadata, to: &buffer)
      line.end(to: &buffer)
      buffer.append("\n")
    }
    cache.keep(buffer.span, in: Self.suffix)
  }

  private mutating func take(_ line: JSONValue) throws(JSONError) {
    guard let key = line["key"]?.string, let tag = line["etag"]?.string,
      let size = line["size"]?.integer, let modified = line["modified"]?.string
    else { return }
    let object = S3Object(
      key: Array(key.utf8),
      size: size,
      entityTag: Array(tag.utf8),
      modified: Array(modified.utf8)
    )
    var facts = ObjectFacts(sha256: line["sha256"]?.string)
    for member in line["metadata"]?.members ?? [] {
      facts.metadata[member.key] = member.value.string
    }
    known[object] = facts
  }

  private static func append(_ texts: [String: String], to buffer: inout ByteBuffer) {
    var separator = UInt8(ascii: "{")
    for key in texts.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      buffer.append(separator)
      buffer.append(json: key)
      buffer.append(UInt8(ascii: ":"))
      buffer.append(json: texts[key] ?? "")
      separator = UInt8(ascii: ",")
    }
    if texts.isEmpty { buffer.append(separator) }
    buffer.append(UInt8(ascii: "}"))
  }
}
