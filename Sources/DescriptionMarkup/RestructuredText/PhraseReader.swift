internal import StrictJSON

/// Reads running text of reStructuredText: emphasis, code, references and URLs.
struct PhraseReader {
  /// How many bytes may be put in for names in bars, so that a short text does not become a long one.
  static let maximumSubstituted = 256 << 10

  let targets: ReferenceTargets
  var bytes: [UInt8] = []
  var index = 0
  /// Where the text starts that is not written yet.
  var pending = 0
  /// The marks that do not end any more in this text, so that nobody looks again.
  var endless: Set<Int> = []
  var anonymousCount = 0
  var substituted = 0
  var isSubstituting = false

  init(_ targets: ReferenceTargets) { self.targets = targets }

  /// Reads a text.
  ///
  /// - Complexity: O(bytes).
  mutating func read(_ text: [UInt8], into marked: inout MarkedText) {
    (bytes, index, pending, endless) = (text, 0, 0, [])
    while index < bytes.count {
      if !readMarkup(into: &marked) { index += 1 }
    }
    writePending(into: &marked)
  }

  private mutating func readMarkup(into marked: inout MarkedText) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "\\"): readEscape(into: &marked)
    case UInt8(ascii: "*"):
      read(bytes[index], count: 2, .strong, into: &marked)
        ?? read(bytes[index], count: 1, .emphasis, into: &marked) ?? false
    case UInt8(ascii: "`"):
      read(bytes[index], count: 2, .code, into: &marked)
        ?? readInterpreted(role: nil, into: &marked)
    case UInt8(ascii: ":"): readRole(into: &marked)
    case UInt8(ascii: "|"): readSubstitution(into: &marked)
    case UInt8(ascii: "_"): readUnderscore(into: &marked)
    case UInt8(ascii: "["): readFootnote(into: &marked)
    case UInt8(ascii: "h"), UInt8(ascii: "m"): readURL(into: &marked)
    case UInt8(ascii: "@"): readMailbox(into: &marked)
    default: false
    }
  }

  // MARK: Text

  /// Writes the text before a place, without its escapes, and goes on behind what is there.
  mutating func writePending(upTo end: Int? = nil, into marked: inout MarkedText) {
    let end = end ?? bytes.count
    if pending < end { marked.append(bytes.span.extracting(pending..<end)) }
    pending = max(pending, end)
  }

  mutating func skip(to end: Int) {
    index = end
    pending = end
  }

  private mutating func readEscape(into marked: inout MarkedText) -> Bool {
    writePending(upTo: index, into: &marked)
    pending = index + 1
    // An escaped space is nothing: it parts marks from words.
    if pending < bytes.count, bytes[pending] <= 0x20 { pending += 1 }
    index = max(index + 2, pending)
    return true
  }

  /// A text without its escapes.
  func unescaped(_ range: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound {
        if bytes[index + 1] > 0x20 { text.append(bytes[index + 1]) }
        index += 2
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    return text
  }

  // MARK: Marks

  /// Whether a mark may begin at a place, after docutils' rules.
  func mayBegin(at place: Int, count: Int) -> Bool {
    guard place + count < bytes.count, bytes[place + count] > 0x20 else { return false }
    if place == 0 { return true }
    let before = bytes[place - 1]
    switch before {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return bytes[place + count] != before
    case UInt8(ascii: "("): return bytes[place + count] != UInt8(ascii: ")")
    case UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "{"):
      return bytes[place + count] != before + 2
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"), ...0x20: return true
    default: return before >= 0x80 && isPunctuation(endingAt: place)
    }
  }

  /// Whether what is before a place lets a mark end behind it.
  func mayEnd(at place: Int) -> Bool {
    guard place < bytes.count else { return true }
    let next = bytes[place]
    if next >= 0x80 { return isPunctuation(startingAt: place) }
    return next <= 0x20 || "'\")]}>-/:.,;!?\\".utf8.contains(next)
  }

  private func isPunctuation(endingAt end: Int) -> Bool {
    var start = end - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return isPunctuation(startingAt: start)
  }

  private func isPunctuation(startingAt start: Int) -> Bool {
    let end = min(start + 4, bytes.count)
    let scalar = String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.first
    switch scalar?.properties.generalCategory {
    case .openPunctuation?, .closePunctuation?, .initialPunctuation?, .finalPunctuation?,
      .dashPunctuation?, .otherPunctuation?, .spaceSeparator?:
      return true
    default: return false
    }
  }

  /// The place of the mark that ends what starts at `start`.
  ///
  /// A mark that was not found is not found further on either.
  ///
  /// - Parameters:
  ///   - mark: A byte, once or twice.
  ///   - isLiteral: Whether backslashes mean nothing in it.
  ///   - isOpen: Whether letters may follow, as the role of a phrase.
  ///   - limit: How far away it may be.
  mutating func end(
    _ mark: UInt8,
    count: Int = 1,
    from start: Int,
    isLiteral: Bool = false,
    isOpen: Bool = false,
    limit: Int = .max
  ) -> Int? {
    let key = Int(mark) * 2 + count
    if endless.contains(key) { return nil }
    var place = start
    while place < bytes.count {
      if place - start > limit { return nil }
      if bytes[place] == UInt8(ascii: "\\"), !isLiteral {
        place += 2
        continue
      }
      if bytes[place] == mark, place > start, bytes[place - 1] > 0x20,
        count == 1 || place + 1 < bytes.count && bytes[place + 1] == mark,
        isOpen || mayEnd(at: place + count)
      {
        return place
      }
      place += 1
    }
    endless.insert(key)
    return nil
  }

  private mutating func read(
    _ mark: UInt8,
    count: Int,
    _ element: Element,
    into marked: inout MarkedText
  ) -> Bool? {
    if count == 2, index + 1 >= bytes.count || bytes[index + 1] != mark { return nil }
    let start = index + count
    let isLiteral = element == .code
    guard mayBegin(at: index, count: count),
      let end = end(mark, count: count, from: start, isLiteral: isLiteral)
    else {
      index += count - 1
      return false
    }
    writePending(upTo: index, into: &marked)
    let content = isLiteral ? Array(bytes[start..<end]) : unescaped(start..<end)
    write(content, in: element, into: &marked)
    skip(to: end + count)
    return true
  }

  func write(_ content: [UInt8], in element: Element, into marked: inout MarkedText) {
    marked.open(element)
    marked.append(content.span)
    marked.close()
  }
}
