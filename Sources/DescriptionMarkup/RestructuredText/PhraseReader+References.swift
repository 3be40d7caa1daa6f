internal import StrictJSON

extension PhraseReader {
  /// Reads `:role:` before a phrase.
  mutating func readRole(into marked: inout MarkedText) -> Bool {
    var end = index + 1
    while end < bytes.count, end - index < 64,
      bytes[end].isDirectiveName || bytes[end] == UInt8(ascii: ":")
    {
      end += 1
    }
    guard end > index + 2, bytes[end - 1] == UInt8(ascii: ":"), end < bytes.count,
      bytes[end] == UInt8(ascii: "`"), mayBegin(at: index, count: end - index)
    else { return false }
    let role = String(decoding: bytes[index + 1..<end - 1], as: UTF8.self)
    let start = index
    index = end
    return readInterpreted(role: role, start: start, into: &marked)
  }

  /// Reads a phrase in backquotes: a reference, or text with a role.
  mutating func readInterpreted(
    role: String?,
    start: Int? = nil,
    into marked: inout MarkedText
  ) -> Bool {
    guard role != nil || mayBegin(at: index, count: 1),
      let end = end(UInt8(ascii: "`"), from: index + 1, isOpen: true)
    else { return false }
    let phrase = index + 1..<end
    var after = end + 1
    var underscores = 0
    while after < bytes.count, underscores < 2, bytes[after] == UInt8(ascii: "_") {
      (after, underscores) = (after + 1, underscores + 1)
    }
    var role = role
    if role == nil, underscores == 0 { (role, after) = suffix(at: after) }
    guard mayEnd(at: after) else {
      // It is text; who looked for an end from within would go the same way again.
      index = end + 1
      return true
    }
    writePending(upTo: start ?? index, into: &marked)
    if underscores > 0, role == nil {
      writeReference(phrase, isAnonymous: underscores == 2, into: &marked)
    } else {
      write(phrase, role: role, into: &marked)
    }
    skip(to: after)
    return true
  }

  /// The role after a phrase.
  private func suffix(at start: Int) -> (role: String?, end: Int) {
    guard start < bytes.count, bytes[start] == UInt8(ascii: ":") else { return (nil, start) }
    var end = start + 1
    while end < bytes.count, end - start < 64, bytes[end].isDirectiveName { end += 1 }
    guard end > start + 1, end < bytes.count, bytes[end] == UInt8(ascii: ":") else {
      return (nil, start)
    }
    return (String(decoding: bytes[start + 1..<end], as: UTF8.self), end + 1)
  }

  private func write(_ phrase: Range<Int>, role: String?, into marked: inout MarkedText) {
    let text = unescaped(phrase)
    switch role?.lowercased() {
    case nil, "title-reference"?, "title"?, "t"?, "emphasis"?:
      write(text, in: .emphasis, into: &marked)
    case "strong"?: write(text, in: .strong, into: &marked)
    case "sub"?, "sup"?, "subscript"?, "superscript"?, "abbr"?: marked.append(text.span)
    case "pep"?: writeNumber("PEP ", text, into: &marked)
    case "rfc"?: writeNumber("RFC ", text, into: &marked)
    case "ref"?, "doc"?, "term"?:
      let shown = split(phrase)?.text ?? text
      marked.append(shown.span)
    default: write(split(phrase)?.text ?? text, in: .code, into: &marked)
    }
  }

  /// Writes the number of a document, without the place in it.
  private func writeNumber(_ name: StaticString, _ text: [UInt8], into marked: inout MarkedText) {
    marked.append(name)
    let number = Array(text.prefix { $0 != UInt8(ascii: "#") })
    marked.append(number.span)
  }

  /// Splits `text <target>`.
  private func split(_ phrase: Range<Int>) -> (text: [UInt8], target: Range<Int>)? {
    guard bytes[phrase.upperBound - 1] == UInt8(ascii: ">"),
      let start = bytes[phrase].lastIndex(of: UInt8(ascii: "<")),
      start == phrase.lowerBound || bytes[start - 1] <= 0x20
    else { return nil }
    let target = start + 1..<phrase.upperBound - 1
    var text = unescaped(phrase.lowerBound..<start)
    while let last = text.last, last <= 0x20 { text.removeLast() }
    return (text.isEmpty ? Array(bytes[target]) : text, target)
  }

  private mutating func writeReference(
    _ phrase: Range<Int>,
    isAnonymous: Bool,
    into marked: inout MarkedText
  ) {
    guard let (text, target) = split(phrase) else {
      let name = ReferenceTargets.name(bytes[phrase])
      return writeLink(unescaped(phrase), url(of: name, isAnonymous: isAnonymous), into: &marked)
    }
    // A URL in a text may be broken over lines.
    var url = unescaped(target).filter { $0 > 0x20 }
    if url.last == UInt8(ascii: "_") {
      let name = ReferenceTargets.name(bytes[target].dropLast())
      url = self.url(of: name, isAnonymous: false) ?? url
    }
    writeLink(text, URLText.escaped(url), into: &marked)
  }

  func writeLink(_ text: [UInt8], _ url: [UInt8]?, into marked: inout MarkedText) {
    guard let url else { return marked.append(text.span) }
    write(text, in: .link(marked.keep(url.span)), into: &marked)
  }

  /// Where the name starts that ends here.
  var startOfName: Int {
    var start = index
    while start > pending, index - start < 100, bytes[start - 1].isNamePart { start -= 1 }
    return start
  }

  /// Reads the `_` of `name_` or of an inline target.
  mutating func readUnderscore(into marked: inout MarkedText) -> Bool {
    if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "`"),
      mayBegin(at: index, count: 2),
      let end = end(UInt8(ascii: "`"), from: index + 2)
    {
      writePending(upTo: index, into: &marked)
      marked.append(unescaped(index + 2..<end).span)
      skip(to: end + 1)
      return true
    }
    let isAnonymous = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "_")
    let after = index + (isAnonymous ? 2 : 1)
    guard mayEnd(at: after) else { return false }
    let start = startOfName
    guard start < index, bytes[index - 1].isLetter || bytes[index - 1].isDigit,
      start == 0 || mayBegin(at: start, count: 0),
      let url = url(of: ReferenceTargets.name(bytes[start..<index]), isAnonymous: isAnonymous)
    else { return false }
    writePending(upTo: start, into: &marked)
    writeLink(Array(bytes[start..<index]), url, into: &marked)
    skip(to: after)
    return true
  }

  /// Reads `[1]_`, which stays as it is but for its `_`.
  mutating func readFootnote(into marked: inout MarkedText) -> Bool {
    var end = index + 1
    while end < bytes.count, end - index < 64,
      bytes[end].isNamePart || "#*".utf8.contains(bytes[end])
    {
      end += 1
    }
    guard end > index + 1, end + 1 < bytes.count, bytes[end] == UInt8(ascii: "]"),
      bytes[end + 1] == UInt8(ascii: "_"), mayBegin(at: index, count: 1), mayEnd(at: end + 2)
    else { return false }
    writePending(upTo: end + 1, into: &marked)
    skip(to: end + 2)
    return true
  }
}

extension UInt8 {
  /// Whether names of references and mailboxes have it.
  var isNamePart: Bool { isDirectiveName }
}
