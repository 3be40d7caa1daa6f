package import IndexModel
import StrictJSON

extension RenderOptions {
  /// The place in the tree that the link to a distribution leads to.
  ///
  /// - Returns: Its path, relative to the root of the index; `nil` if it leads out of the index, or
  ///   has a query, of which no sink knows what it means.
  /// - Complexity: O(length of the URL).
  package func treePath(
    of distribution: Distribution,
    in project: Project,
    _ catalog: borrowing Catalog
  ) -> [UInt8]? {
    var url = ByteBuffer(minimumCapacity: 256)
    let name = catalog.text.span[project.name]
    LinkWriter(fileURL).append(
      distribution,
      catalog.facts(of: distribution),
      project: name,
      from: .simple,
      catalog.text.span,
      to: &url
    )
    let bytes = Array(url.span)
    guard !FileURL.hasScheme(bytes.span), bytes.first != UInt8(ascii: "/"),
      !bytes.contains(UInt8(ascii: "?"))
    else { return nil }
    var parts = [Array("simple".utf8)[...], Array(name)[...]]
    for part in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.elementsEqual(".".utf8) { continue }
      if part.elementsEqual("..".utf8) {
        if parts.popLast() == nil { return nil }
      } else {
        guard let plain = part.percentDecoded else { return nil }
        parts.append(plain[...])
      }
    }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }
}

extension ArraySlice<UInt8> {
  /// The bytes that a part of the path of a URL stands for; `nil` if they are no name of a file.
  fileprivate var percentDecoded: [UInt8]? {
    var plain: [UInt8] = []
    var rest = self
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        plain.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      let text = String(decoding: digits, as: UTF8.self)
      guard digits.count == 2, digits.first != UInt8(ascii: "+"),
        let value = UInt8(text, radix: 16)
      else { return nil }
      rest.removeFirst(2)
      plain.append(value)
    }
    let isName =
      !plain.isEmpty && !plain.contains(0) && !plain.contains(UInt8(ascii: "/"))
      && !plain.elementsEqual(".".utf8) && !plain.elementsEqual("..".utf8)
    return isName ? plain : nil
  }
}
