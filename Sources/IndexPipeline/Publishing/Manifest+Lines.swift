import IndexRendering
import StrictJSON

// From lines of JSON to what they say.
extension Manifest {
  static func head(
    in line: borrowing Span<UInt8>
  ) throws(JSONError) -> (settings: PageDigest, counts: [String: Int]) {
    let line = copy line
    var cursor = JSONCursor(line, maximumDepth: 4)
    var found: PageDigest?
    var counts: [String: Int] = [:]
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "settings") {
        let digits = try cursor.string()
        found = PageDigest(text: String(decoding: cursor.bytes(of: digits)))
      } else if cursor.isEqual(key, to: "sources") {
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
          let id = String(decoding: cursor.bytes(of: key))
          let number = try cursor.number()
          counts[id] = cursor.integer(number)
        }
      } else {
        try cursor.skipValue()
      }
    }
    try cursor.finish()
    // What another version wrote is as good as made with other settings.
    return (found ?? PageDigest.ofNothing, counts)
  }

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
