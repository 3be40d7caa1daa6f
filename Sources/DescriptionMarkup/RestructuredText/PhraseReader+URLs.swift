internal import StrictJSON

extension PhraseReader {
  /// Reads a URL that stands in the text.
  mutating func readURL(into marked: inout MarkedText) -> Bool {
    guard let scheme = bytes.span.linkScheme(at: index),
      index == 0 || mayBegin(at: index, count: 0)
    else { return false }
    var end = index
    while end < bytes.count, bytes[end] > 0x20, bytes[end] < 0x7F,
      !"<>\"`\\".utf8.contains(bytes[end])
    {
      end += 1
    }
    let hasParenthesis = bytes[index..<end].contains(UInt8(ascii: "("))
    while end > index, ".,;:!?'*|_-)]}".utf8.contains(bytes[end - 1]) {
      if hasParenthesis, bytes[end - 1] == UInt8(ascii: ")") { break }
      end -= 1
    }
    guard end > index + scheme.utf8CodeUnitCount else { return false }
    writePending(upTo: index, into: &marked)
    let url = Array(bytes[index..<end])
    writeLink(url, URLText.escaped(url), into: &marked)
    skip(to: end)
    return true
  }

  /// Reads the address of a mailbox.
  mutating func readMailbox(into marked: inout MarkedText) -> Bool {
    let start = startOfName
    var end = index + 1
    while end < bytes.count, bytes[end].isNamePart { end += 1 }
    while end > index, bytes[end - 1].isPunctuation { end -= 1 }
    guard start < index, start == 0 || mayBegin(at: start, count: 0), end > index + 1,
      bytes[index + 1..<end].contains(UInt8(ascii: "."))
    else { return false }
    writePending(upTo: start, into: &marked)
    let address = Array(bytes[start..<end])
    writeLink(address, Array("mailto:".utf8) + address, into: &marked)
    skip(to: end)
    return true
  }
}
