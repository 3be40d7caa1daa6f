import IndexModel
import IndexTransport
import StrictJSON

/// Reads pages of the simple API in their JSON form.
///
/// Source: PEP 691, 700, 714, 740 and 792. Unknown keys are passed over, as the specification
/// wants; `null` and empty texts, which some servers write for what they do not know, say nothing.
struct SimpleJSONReader {
  let base: HTTPURL
  /// The file that is being read.
  var file = RecordDraft()
  /// The text that was read last.
  var text: [UInt8] = []
  var digestName: [UInt8] = []

  init(base: HTTPURL) { self.base = base }

  /// Reads a page.
  ///
  /// - Throws: `JSONError` if it is not JSON, or a value is of another kind than it must be.
  mutating func read(_ bytes: [UInt8], into page: SimplePage) throws(JSONError) {
    try JSONCursor.validateUTF8(bytes.span)
    var cursor = JSONCursor(bytes.span, maximumDepth: 32)
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "meta") {
        try readMeta(&cursor, page)
      } else if cursor.isEqual(key, to: "projects") {
        page.isRoot = true
        try readProjects(&cursor, page)
      } else if cursor.isEqual(key, to: "files") {
        page.isProject = true
        try readFiles(&cursor, page)
      } else if cursor.isEqual(key, to: "project-status") {
        try readStatus(&cursor, page)
      } else {
        try cursor.skipValue()
      }
    }
    try cursor.finish()
  }

  private mutating func readMeta(
    _ cursor: inout JSONCursor,
    _ page: SimplePage
  ) throws(JSONError) {
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "api-version") {
        try readText(&cursor)
        page.apiVersion = text
      } else if cursor.isEqual(key, to: "_last-serial") {
        page.serial = try readInteger(&cursor)
      } else if cursor.isEqual(key, to: "project-status") {
        try readStatus(&cursor, page)
      } else {
        try cursor.skipValue()
      }
    }
  }

  private mutating func readProjects(
    _ cursor: inout JSONCursor,
    _ page: SimplePage
  ) throws(JSONError) {
    try cursor.beginArray()
    while try cursor.nextElement() {
      var serial: Int?
      var name: [UInt8] = []
      try cursor.beginObject()
      while let key = try cursor.nextKey() {
        if cursor.isEqual(key, to: "name") {
          try readText(&cursor)
          name = text
        } else if cursor.isEqual(key, to: "_last-serial") {
          serial = try readInteger(&cursor)
        } else {
          try cursor.skipValue()
        }
      }
      let link = ProjectLink(name, below: base, serial: serial)
      page.add(project: name, at: link.url, serial: serial)
    }
  }

  private mutating func readStatus(
    _ cursor: inout JSONCursor,
    _ page: SimplePage
  ) throws(JSONError) {
    guard try cursor.peekKind() == .object else { return try cursor.skipValue() }
    var (marker, reason) = ("", "")
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "status") {
        try readText(&cursor)
        marker = String(decoding: text, as: UTF8.self)
      } else if cursor.isEqual(key, to: "reason") {
        try readText(&cursor)
        reason = String(decoding: text, as: UTF8.self)
      } else {
        try cursor.skipValue()
      }
    }
    page.status = ProjectStatus.Marker(rawValue: marker).map { ProjectStatus($0, reason: reason) }
  }

  /// Reads a string into ``text``; `null` leaves it empty.
  mutating func readText(_ cursor: inout JSONCursor) throws(JSONError) {
    text.removeAll(keepingCapacity: true)
    if try cursor.peekKind() == .null { return try cursor.null() }
    cursor.append(try cursor.string(), to: &text)
  }

  /// Reads a whole number; nil for `null`, and for what is none.
  mutating func readInteger(_ cursor: inout JSONCursor) throws(JSONError) -> Int? {
    switch try cursor.peekKind() {
    case .number: return cursor.integer(try cursor.number())
    case .string:
      try readText(&cursor)
      return Int(String(decoding: text, as: UTF8.self))
    default:
      try cursor.skipValue()
      return nil
    }
  }
}
