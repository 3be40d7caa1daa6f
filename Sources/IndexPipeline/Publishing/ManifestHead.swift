import IndexRendering
import StrictJSON

/// What the first line of a manifest says: what decided the whole index.
struct ManifestHead: Sendable {
  /// What all pages were made with, beside the records.
  let settings: PageDigest
  /// What the source gave; nil if more than one source, or a transform, decided the index.
  let input: PageDigest?
  /// How many records each source gave, by its id.
  let counts: [String: Int]
  /// In which codings a copy of each page lies beside it.
  var codings: [ContentCoding] = []

  /// Appends the line.
  func append(to output: inout ByteBuffer) {
    var line = JSONObjectWriter()
    line.key("version", to: &output)
    output.append(decimal: 1)
    line.key("settings", to: &output)
    output.append(json: settings.text.utf8Span.span)
    if let input {
      line.key("input", to: &output)
      output.append(json: input.text.utf8Span.span)
    }
    line.key("larder", to: &output)
    output.append(json: Release.version)
    line.key("sources", to: &output)
    var object = JSONObjectWriter()
    for (id, count) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      object.key(id, to: &output)
      output.append(decimal: count)
    }
    object.end(to: &output)
    if !codings.isEmpty {
      line.key("codings", to: &output)
      ContentCoding.append(codings, to: &output)
    }
    line.end(to: &output)
    output.append("\n")
  }
}

extension ManifestHead {
  /// Reads the line.
  ///
  /// - Throws: `JSONError` if it is no object of JSON.
  init(in line: borrowing Span<UInt8>) throws(JSONError) {
    let line = copy line
    var cursor = JSONCursor(line, maximumDepth: 4)
    var digests: [String: PageDigest] = [:]
    var counts: [String: Int] = [:]
    var codings: [ContentCoding] = []
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "settings") || cursor.isEqual(key, to: "input") {
        let name = String(decoding: cursor.bytes(of: key))
        let digits = try cursor.string()
        digests[name] = PageDigest(text: String(decoding: cursor.bytes(of: digits)))
      } else if cursor.isEqual(key, to: "sources") {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
          let id = String(decoding: cursor.bytes(of: key))
          let number = try cursor.number()
          counts[id] = cursor.integer(number)
        }
      } else if cursor.isEqual(key, to: "codings") {
        codings = try ContentCoding.list(&cursor)
      } else {
        try cursor.skipValue()
      }
    }
    try cursor.finish()
    // What another version wrote is as good as made with other settings.
    self.init(
      settings: digests["settings"] ?? PageDigest.ofNothing,
      input: digests["input"],
      counts: counts,
      codings: codings
    )
  }
}
