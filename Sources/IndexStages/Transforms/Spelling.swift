import IndexModel
import IndexPipeline
import StrictJSON

/// The one spelling of what records say.
struct Spelling {
  private static let limit = 4096

  private var pythons = TextSet()
  private var spelled: [[UInt8]?] = []

  /// The specifier of a record without spaces, or `nil` if it needs no change.
  ///
  /// One that is no version specifier stays: installers differ in what they make of it.
  mutating func requiresPython(_ record: borrowing RecordView) -> [UInt8]? {
    let text = record.bytes(record.facts.requiresPython)
    if text.isEmpty { return nil }
    if let known = pythons.number(of: text) { return spelled[known] }
    if spelled.count == Self.limit { self = Spelling() }
    var normal: [UInt8]?
    if let set = try? VersionSpecifierSet(text), !set.clauses.isEmpty {
      let description = Array(set.description.utf8)
      if !description.span.elementsEqual(text) { normal = description }
    }
    pythons.insert(text)
    spelled.append(normal)
    return normal
  }

  /// Text with one space for each run of white space and none at its ends, or `nil` if it is so.
  static func oneLine(_ text: borrowing Span<UInt8>) -> [UInt8]? {
    var line: [UInt8] = []
    var hasSpace = false
    var isChanged = false
    for index in text.indices {
      let byte = text[index]
      guard byte == 0x20 || byte &- 0x09 < 5 else {
        if hasSpace && !line.isEmpty { line.append(0x20) }
        hasSpace = false
        line.append(byte)
        continue
      }
      isChanged = isChanged || byte != 0x20 || hasSpace || line.isEmpty
      hasSpace = true
    }
    return isChanged || hasSpace ? line : nil
  }

  /// The digests without the weak ones, or `nil` if none goes.
  static func strong(_ list: borrowing Span<UInt8>) -> [UInt8]? {
    var strong: [UInt8] = []
    var hasWeak = false
    DigestList.forEach(in: list) { name, value in
      if name.elementsEqual("md5") || name.elementsEqual("sha1") {
        hasWeak = true
        return
      }
      if !strong.isEmpty { strong.append(UInt8(ascii: ";")) }
      strong.append(contentsOf: name)
      strong.append(UInt8(ascii: "="))
      strong.append(contentsOf: value)
    }
    return hasWeak && !strong.isEmpty ? strong : nil
  }
}
