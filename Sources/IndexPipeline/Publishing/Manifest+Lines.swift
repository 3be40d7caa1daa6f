import IndexRendering
import StrictJSON

// From lines of JSON to what they say.
extension Manifest {
  static func project(
    in text: borrowing Span<UInt8>,
    at line: Range<Int>
  ) throws(JSONError) -> Project {
    let text = copy text
    var cursor = JSONCursor(text, maximumDepth: 4)
    var (name, fingerprint, count) = ([UInt8](), PageDigest.ofNothing, 0)
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "project") {
        let text = try cursor.string()
        cursor.append(text, to: &name)
      } else if cursor.isEqual(key, to: "fingerprint") {
        let digits = try cursor.string()
        let text = String(decoding: cursor.bytes(of: digits))
        fingerprint = PageDigest(text: text) ?? fingerprint
      } else if cursor.isEqual(key, to: "count") {
        let number = try cursor.number()
        count = cursor.integer(number) ?? 0
      } else {
        try cursor.skipValue()
      }
    }
    try cursor.finish()
    return Project(name: name, fingerprint: fingerprint, pageCount: count, line: line)
  }

  static func pages(
    in line: borrowing Span<UInt8>
  ) throws(JSONError) -> [(path: [UInt8], digest: PageDigest)] {
    let line = copy line
    var pages: [(path: [UInt8], digest: PageDigest)] = []
    var cursor = JSONCursor(line, maximumDepth: 4)
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      guard cursor.isEqual(key, to: "pages") else {
        try cursor.skipValue()
        continue
      }
      try cursor.beginObject()
      while let key = try cursor.nextKey() {
        var path: [UInt8] = []
        cursor.append(key, to: &path)
        let digits = try cursor.string()
        let text = String(decoding: cursor.bytes(of: digits))
        pages.append((path, PageDigest(text: text) ?? PageDigest.ofNothing))
      }
    }
    return pages
  }
}
