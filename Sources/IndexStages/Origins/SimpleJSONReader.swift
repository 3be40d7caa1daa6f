import IndexModel
import IndexTransport
import StrictJSON

/// Reads pages of the simple API in their JSON form.
///
/// Source: PEP 691, 700, 714, 740 and 792. Unknown keys are passed over, as the specification
/// wants; `null` and empty texts, which some servers write for what they do not know, say nothing.
struct SimpleJSONReader {
  private let base: HTTPURL
  private var file = RecordDraft()
  private var text: [UInt8] = []
  private var digestName: [UInt8] = []

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
}

// Files.
extension SimpleJSONReader {
  private mutating func readFiles(
    _ cursor: inout JSONCursor,
    _ page: SimplePage
  ) throws(JSONError) {
    try cursor.beginArray()
    while try cursor.nextElement() {
      file.reset()
      try cursor.beginObject()
      while let key = try cursor.nextKey() { try readMember(key, &cursor) }
      page.add(file, on: base)
    }
  }

  private mutating func readMember(
    _ key: JSONString,
    _ cursor: inout JSONCursor
  ) throws(JSONError) {
    if cursor.isEqual(key, to: "filename") {
      try readText(&cursor)
      swap(&file.filename, &text)
    } else if cursor.isEqual(key, to: "url") {
      try readText(&cursor)
      let reference = text
      // What cannot be resolved is refused as a record, where it can be shown.
      if !base.appendResolved(reference.span, to: &file.url) { file.url = reference }
    } else if cursor.isEqual(key, to: "hashes") {
      try readDigests(&cursor) { $0.addDigest($1, $2) }
    } else if cursor.isEqual(key, to: "requires-python") {
      try readText(&cursor)
      swap(&file.requiresPython, &text)
    } else if cursor.isEqual(key, to: "core-metadata")
      || cursor.isEqual(key, to: "dist-info-metadata")
    {
      try readMetadata(&cursor)
    } else if cursor.isEqual(key, to: "yanked") {
      try readYank(&cursor)
    } else if cursor.isEqual(key, to: "size") {
      file.size = try readInteger(&cursor)
    } else if cursor.isEqual(key, to: "upload-time") {
      try readText(&cursor)
      swap(&file.uploadTime, &text)
    } else if cursor.isEqual(key, to: "gpg-sig") {
      if try cursor.peekKind() == .boolean {
        file.hasSignature = try cursor.boolean()
      } else {
        try cursor.skipValue()
      }
    } else if cursor.isEqual(key, to: "provenance") {
      try readText(&cursor)
      let reference = text
      if !reference.isEmpty { _ = base.appendResolved(reference.span, to: &file.provenance) }
    } else {
      try cursor.skipValue()
    }
  }

  private mutating func readMetadata(_ cursor: inout JSONCursor) throws(JSONError) {
    switch try cursor.peekKind() {
    case .boolean:
      let isServed = try cursor.boolean()
      if file.coreMetadata.isEmpty {
        file.coreMetadata.append(contentsOf: (isServed ? "true" : "false").utf8)
      }
    case .object:
      file.coreMetadata.removeAll(keepingCapacity: true)
      try readDigests(&cursor) { file, name, value in
        guard file.coreMetadata.isEmpty || name.elementsEqual("sha256") else { return }
        file.coreMetadata.removeAll(keepingCapacity: true)
        file.coreMetadata.append(contentsOf: name)
        file.coreMetadata.append(UInt8(ascii: "="))
        file.coreMetadata.append(contentsOf: value)
      }
      if file.coreMetadata.isEmpty { file.coreMetadata.append(contentsOf: "true".utf8) }
    default: try cursor.skipValue()
    }
  }

  private mutating func readYank(_ cursor: inout JSONCursor) throws(JSONError) {
    switch try cursor.peekKind() {
    case .boolean: if try cursor.boolean() { file.isYanked = true }
    case .string:
      try readText(&cursor)
      // pip and uv take an empty text for no yank, and PEP 691 wants none.
      if !text.isEmpty { file.isYanked = true }
      swap(&file.yankedReason, &text)
    default: try cursor.skipValue()
    }
  }

  private mutating func readDigests(
    _ cursor: inout JSONCursor,
    _ add: (inout RecordDraft, Span<UInt8>, Span<UInt8>) -> Void
  ) throws(JSONError) {
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      digestName.removeAll(keepingCapacity: true)
      cursor.append(key, to: &digestName)
      try readText(&cursor)
      let (name, value) = (digestName, text)
      add(&file, name.span, value.span)
    }
  }

  /// Reads a string into ``text``; `null` leaves it empty.
  private mutating func readText(_ cursor: inout JSONCursor) throws(JSONError) {
    text.removeAll(keepingCapacity: true)
    if try cursor.peekKind() == .null { return try cursor.null() }
    cursor.append(try cursor.string(), to: &text)
  }

  /// Reads a whole number; nil for `null`, and for what is none.
  private mutating func readInteger(_ cursor: inout JSONCursor) throws(JSONError) -> Int? {
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
