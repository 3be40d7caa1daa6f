internal import StrictJSON

/// What the names in a text refer to, wherever in it they are explained.
struct ReferenceTargets {
  /// What `|name|` is replaced by.
  enum Substitution {
    case image(ImageDirective)
    case text([UInt8])
  }

  private(set) var urls: [[UInt8]: [UInt8]] = [:]
  private(set) var substitutions: [[UInt8]: Substitution] = [:]
  private(set) var anonymous: [[UInt8]] = []
  /// The names of sections and of places.
  private(set) var places: Set<[UInt8]> = []

  /// Finds the targets of a text.
  ///
  /// - Complexity: O(bytes).
  init(_ text: TextLines) {
    let bytes = text.bytes
    for (index, line) in text.lines.enumerated() {
      let rest = line.dropping(bytes.indent(of: line))
      if bytes.starts(rest, with: ".. |") {
        addSubstitution(rest.dropping(4), at: index, text)
      } else if bytes.starts(rest, with: ".. __: ") {
        anonymous.append(Self.url(rest.dropping(7), at: index, text))
      } else if bytes.starts(rest, with: "__ ") {
        anonymous.append(Self.url(rest.dropping(3), at: index, text))
      } else if bytes.starts(rest, with: ".. _") {
        addTarget(rest.dropping(4), at: index, text)
      } else if !line.isBlank, index + 1 < text.lines.count,
        bytes.ornament(of: text.lines[index + 1]) != nil
      {
        places.insert(Self.name(bytes[rest.start..<rest.end]))
      }
    }
  }

  /// The name of a target: letters of either case and any spaces are equal.
  static func name(_ text: some Sequence<UInt8>) -> [UInt8] {
    var name: [UInt8] = []
    for byte in text {
      if byte <= 0x20 {
        if let last = name.last, last != 0x20 { name.append(0x20) }
      } else if byte != UInt8(ascii: "\\") {
        name.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      }
    }
    if name.last == 0x20 { name.removeLast() }
    return name
  }

  /// Splits `name: rest` or `` `name`: rest ``; a role before a phrase is no name.
  static func split(_ line: TextLine, _ bytes: [UInt8]) -> (name: [UInt8], rest: TextLine)? {
    let isQuoted = bytes.byte(0, of: line) == UInt8(ascii: "`")
    var index = line.start + (isQuoted ? 1 : 0)
    let start = index
    while index < line.end {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      let isEnd = bytes[index] == UInt8(ascii: isQuoted ? "`" : ":")
      let next = isQuoted ? index + 2 : index + 1
      if isEnd, next >= line.end || bytes[next] == 0x20 { break }
      if isEnd, !isQuoted, bytes[next] == UInt8(ascii: "`") { return nil }
      index += 1
    }
    guard index < line.end, index > start else { return nil }
    var rest = line.dropping(index + (isQuoted ? 2 : 1) - line.start)
    rest = rest.dropping(bytes.indent(of: rest))
    return (name(bytes[start..<index]), rest)
  }

  private mutating func addTarget(_ line: TextLine, at index: Int, _ text: TextLines) {
    guard let (name, rest) = Self.split(line, text.bytes) else { return }
    let url = Self.url(rest, at: index, text)
    if url.isEmpty { places.insert(name) } else if urls[name] == nil { urls[name] = url }
  }

  /// A URL, which may go on in the next lines.
  private static func url(_ rest: TextLine, at index: Int, _ text: TextLines) -> [UInt8] {
    var url = Array(text.bytes[rest.start..<rest.end])
    for line in text.lines[(index + 1)...].prefix(8) {
      let indent = text.bytes.indent(of: line)
      if indent == 0 || text.bytes.starts(line.dropping(indent), with: "..") { break }
      url += text.bytes[line.dropping(indent).start..<line.end]
    }
    return url
  }

  private mutating func addSubstitution(_ line: TextLine, at index: Int, _ text: TextLines) {
    let bytes = text.bytes
    let rest = bytes[line.start..<line.end]
    guard let end = rest.firstIndex(of: UInt8(ascii: "|")) else { return }
    var body = TextLine(start: end + 1, end: line.end)
    body = body.dropping(bytes.indent(of: body))
    let name = Self.name(bytes[line.start..<end])
    if substitutions[name] != nil { return }
    if bytes.starts(body, with: "image:: ") {
      var block = [body.dropping(8)]
      for line in text.lines[(index + 1)...].prefix(16) {
        if line.isBlank || bytes.indent(of: line) == 0 { break }
        block.append(line.dropping(bytes.indent(of: line)))
      }
      substitutions[name] = .image(ImageDirective(block, bytes))
    } else if bytes.starts(body, with: "replace:: ") {
      substitutions[name] = .text(Array(bytes[body.dropping(10).start..<body.end]))
    }
  }
}
