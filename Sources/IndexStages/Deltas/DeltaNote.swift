import StrictJSON

/// What a delta archive says of itself, in a file of its own beside the manifest.
struct DeltaNote: Sendable, Equatable {
  /// Where it is in the archive.
  static let path = "larder/delta.json"

  /// The SHA-256 of the manifest that it applies to, as 64 hexadecimal digits.
  var from: String
  /// The SHA-256 of the manifest that is there afterwards.
  var to: String
  /// The paths of the pages that go, sorted.
  var removed: [[UInt8]]

  /// Its bytes.
  var bytes: [UInt8] {
    var buffer = ByteBuffer()
    buffer.append("{\"version\":1,\"from\":")
    buffer.append(json: from)
    buffer.append(",\"to\":")
    buffer.append(json: to)
    buffer.append(",\"removed\":[")
    for (number, path) in removed.enumerated() {
      buffer.append(number > 0 ? ",\n" : "\n")
      buffer.append(json: path.span)
    }
    buffer.append("]}\n")
    return Array(buffer.span)
  }
}

extension DeltaNote {
  /// Reads what another Larder wrote.
  ///
  /// - Returns: nil if it is something else.
  init?(reading bytes: [UInt8]) {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONDocument(parsing: bytes, maximumDepth: 4).root
    } catch {
      return nil
    }
    guard root["version"]?.integer == 1, let from = root["from"]?.string,
      let to = root["to"]?.string,
      let removed = root["removed"]?.elements
    else { return nil }
    let paths = removed.compactMap { $0.string.map { Array($0.utf8) } }
    guard paths.count == removed.count else { return nil }
    self.init(from: from, to: to, removed: paths)
  }
}

extension String {
  /// So much of a digest as a person compares.
  var asShortDigest: String { String(decoding: utf8.prefix(16), as: UTF8.self) }
}
