internal import StrictJSON

/// A tag of HTML, and the attributes of it that mean something to a description.
struct HTMLTag {
  /// The name in lower case; empty if it is longer than any that is known.
  private(set) var name = ""
  private(set) var isEnd = false
  private(set) var href: [UInt8]?
  private(set) var src: [UInt8]?
  private(set) var alt: [UInt8]?

  /// Reads a tag as browsers do.
  ///
  /// - Parameters:
  ///   - html: The HTML.
  ///   - start: Where its `<` is.
  /// - Returns: Where it is over; the end of the HTML if it is not closed.
  /// - Complexity: O(bytes).
  mutating func read(_ html: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start + 1
    isEnd = html[index] == UInt8(ascii: "/")
    if isEnd { index += 1 }
    let nameStart = index
    while index < html.count, !html[index].endsName { index += 1 }
    if index - nameStart <= 10 { name = Self.lower(html.extracting(nameStart..<index)) }
    while index < html.count, html[index] != UInt8(ascii: ">") {
      if html[index].endsName { index += 1 } else { index = readAttribute(html, from: index) }
    }
    return min(index + 1, html.count)
  }

  private mutating func readAttribute(_ html: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start + 1
    while index < html.count, !html[index].endsName, html[index] != UInt8(ascii: "=") { index += 1 }
    let nameEnd = index
    while index < html.count, html[index] <= 0x20 { index += 1 }
    guard index < html.count, html[index] == UInt8(ascii: "=") else { return nameEnd }
    index += 1
    while index < html.count, html[index] <= 0x20 { index += 1 }
    guard index < html.count else { return index }
    let quote = html[index]
    let valueStart: Int
    let valueEnd: Int
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      valueStart = index + 1
      valueEnd = html.offset(of: quote, from: valueStart)
      index = min(valueEnd + 1, html.count)
    } else {
      valueStart = index
      while index < html.count, html[index] > 0x20, html[index] != UInt8(ascii: ">") { index += 1 }
      valueEnd = index
    }
    if nameEnd - start <= 4 {
      let name = Self.lower(html.extracting(start..<nameEnd))
      set(name, CharacterReferences.decoded(html.extracting(valueStart..<valueEnd)))
    }
    return index
  }

  private mutating func set(_ name: String, _ value: [UInt8]) {
    switch name {
    case "href": href = href ?? value
    case "src": src = src ?? value
    case "alt": alt = alt ?? value
    default: break
    }
  }

  private static func lower(_ name: borrowing Span<UInt8>) -> String {
    String(decoding: name).lowercased()
  }
}

extension UInt8 {
  /// Whether it ends the name of a tag or an attribute.
  fileprivate var endsName: Bool {
    self <= 0x20 || self == UInt8(ascii: "/") || self == UInt8(ascii: ">")
  }
}
