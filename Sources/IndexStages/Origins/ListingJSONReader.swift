import IndexModel
import IndexRendering
import IndexTransport
import StrictJSON

/// Reads listings of folders in JSON, as nginx (`autoindex_format json`) and Caddy send them.
///
/// nginx names files as they are, and gives no URLs; Caddy gives both, and the URL is the one that
/// counts.
struct ListingJSONReader {
  /// Reads a listing.
  ///
  /// - Returns: The entries; nil if it is JSON of another kind.
  /// - Throws: `JSONError` if it is not JSON.
  func read(_ bytes: [UInt8]) throws(JSONError) -> [ListingEntry]? {
    try JSONCursor.validateUTF8(bytes.span)
    var cursor = JSONCursor(bytes.span, maximumDepth: 8)
    var entries: [ListingEntry] = []
    try cursor.beginArray()
    while try cursor.nextElement() {
      guard try cursor.peekKind() == .object else { return nil }
      var item = Item()
      try cursor.beginObject()
      while let key = try cursor.nextKey() { try item.read(key, &cursor) }
      guard let entry = item.entry else { return nil }
      entries.append(entry)
    }
    try cursor.finish()
    return entries
  }

  private struct Item {
    var name: [UInt8] = []
    var url: [UInt8] = []
    var isFolder = false
    var size: Int?
    var time: Int?

    mutating func read(_ key: JSONString, _ cursor: inout JSONCursor) throws(JSONError) {
      if cursor.isEqual(key, to: "name") {
        cursor.append(try cursor.string(), to: &name)
      } else if cursor.isEqual(key, to: "url") {
        cursor.append(try cursor.string(), to: &url)
      } else if cursor.isEqual(key, to: "type") {
        isFolder = cursor.isEqual(try cursor.string(), to: "directory")
      } else if cursor.isEqual(key, to: "is_dir") {
        isFolder = try cursor.boolean()
      } else if cursor.isEqual(key, to: "size") {
        let number = cursor.integer(try cursor.number())
        size = number.flatMap { $0 < 0 ? nil : $0 }
      } else if cursor.isEqual(key, to: "mtime") || cursor.isEqual(key, to: "mod_time") {
        time = Self.seconds(cursor.bytes(of: try cursor.string()))
      } else {
        try cursor.skipValue()
      }
    }

    /// The seconds of a time of HTTP, or of RFC 3339.
    private static func seconds(_ text: borrowing Span<UInt8>) -> Int? {
      if let date = HTTPDate(text) { return Int(date.seconds) }
      let micro = text.firstIndex(of: UInt8(ascii: "."), from: 0)
      guard let micro else { return Timestamp(rfc3339: text).map { Int($0.seconds) } }
      // Caddy may write nanoseconds.
      var whole = Array(text.extracting(..<micro))
      let rest = Array(text.extracting((micro + 1)...)).drop { $0 >= 0x30 && $0 <= 0x39 }
      whole.append(contentsOf: rest)
      return Timestamp(rfc3339: whole.span).map { Int($0.seconds) }
    }

    var entry: ListingEntry? {
      if name.last == UInt8(ascii: "/") { return folder(Array(name.dropLast())) }
      return isFolder ? folder(name) : file
    }

    private func folder(_ name: [UInt8]) -> ListingEntry? {
      guard !name.isEmpty else { return nil }
      let href = url.isEmpty ? Self.escaped(name) + [UInt8(ascii: "/")] : url
      return ListingEntry(href: href, name: name, isFolder: true)
    }

    private var file: ListingEntry? {
      guard !name.isEmpty else { return nil }
      return ListingEntry(
        href: url.isEmpty ? Self.escaped(name) : url,
        name: name,
        isFolder: false,
        modified: time.map { ListingTime(seconds: $0) },
        size: size.map { .exact($0) }
      )
    }

    /// The name as one segment of a relative URL.
    private static func escaped(_ name: [UInt8]) -> [UInt8] {
      var buffer = ByteBuffer()
      // A colon in the first segment would make it a scheme.
      buffer.append("./")
      buffer.append(urlComponent: name.span)
      return Array(buffer.span)
    }
  }
}
