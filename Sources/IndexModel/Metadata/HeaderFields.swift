import StrictJSON

/// Cuts the text of an email into its header fields and its body, as Python's `email` does.
///
/// Everything is taken: what is no field ends the header or is passed over.
struct HeaderFields {
  /// A field: places of its name and of its value, which may go on over several lines.
  struct Field {
    let name: Range<Int>
    var value: Range<Int>
  }

  /// The fields in their order.
  private(set) var fields: [Field] = []
  /// Where the body begins.
  private(set) var body: Int

  init(_ text: borrowing Span<UInt8>) {
    var start = 0
    var isOpen = false
    body = text.count
    while start < text.count {
      let (end, next) = Self.line(of: text, from: start)
      if start == end {
        body = next
        return
      }
      if text[start] == UInt8(ascii: " ") || text[start] == UInt8(ascii: "\t") {
        if isOpen {
          fields[fields.count - 1].value = fields[fields.count - 1].value.lowerBound..<end
        }
      } else if text.extracting(start..<end).hasPrefix("From ") {
        // The line before a letter in a mailbox.
        isOpen = false
      } else if let colon = Self.colon(of: text.extracting(start..<end)) {
        isOpen = colon > 0
        if isOpen {
          fields.append(Field(name: start..<start + colon, value: start + colon + 1..<end))
        }
      } else {
        body = start
        return
      }
      start = next
    }
  }

  /// The end of the line that begins at `start`, and the beginning of the next one.
  static func line(
    of text: borrowing Span<UInt8>,
    from start: Int
  ) -> (end: Int, next: Int) {
    var end = start
    while end < text.count, text[end] != UInt8(ascii: "\n"), text[end] != UInt8(ascii: "\r") {
      end += 1
    }
    guard end < text.count else { return (end, end) }
    let isPair =
      text[end] == UInt8(ascii: "\r") && end + 1 < text.count
      && text[end + 1] == UInt8(ascii: "\n")
    return (end, end + (isPair ? 2 : 1))
  }

  /// The place of the colon behind the name of a field; nil if the line is none.
  private static func colon(of line: borrowing Span<UInt8>) -> Int? {
    for index in line.indices {
      if line[index] == UInt8(ascii: ":") { return index }
      guard line[index] > 0x20, line[index] < 0x7F else { return nil }
    }
    return nil
  }
}

extension Span<UInt8> {
  fileprivate func hasPrefix(_ literal: StaticString) -> Bool {
    let size = literal.utf8CodeUnitCount
    return count >= size && extracting(..<size).elementsEqual(literal)
  }
}
