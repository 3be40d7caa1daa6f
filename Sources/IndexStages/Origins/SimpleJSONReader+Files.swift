import IndexModel
import IndexTransport
import StrictJSON

/// Reads the files of a project.
extension SimpleJSONReader {
  mutating func readFiles(
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
}
