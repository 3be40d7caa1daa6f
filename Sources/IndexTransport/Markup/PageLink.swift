internal import CXML2

/// A link of a page, as it is handed to a visitor.
///
/// All texts are decoded: character references stand for their characters. They are UTF-8, but
/// for bytes of the page that are none. None of them was checked.
public struct PageLink: ~Escapable {
  private let bytes: Span<UInt8>
  private let record: cxml2_link

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>, _ record: cxml2_link) {
    self.bytes = bytes
    self.record = record
  }

  @_lifetime(copy self)
  private func part(_ range: cxml2_range) -> Span<UInt8> {
    bytes.extracting(Int(range.start)..<Int(range.start + range.count))
  }

  /// The value of `href`; it may be empty.
  public var href: Span<UInt8> {
    @_lifetime(copy self) get { part(record.href) }
  }

  /// The text of the link, its first 4 KiB at least.
  public var text: Span<UInt8> {
    @_lifetime(copy self) get { part(record.text) }
  }

  /// The text between the start of the link's row and the link, at most 512 bytes.
  ///
  /// A row begins at `<tr>`, or outside of cells at `<br>`, `<hr>`, `<li>`, `<div>` and the like,
  /// and, if it has no cells, at a new line of the text. A cell begins with the byte 0x1F. Before its text, the
  /// `data-order` of a cell and the `datetime` of a `<time>` stand in cells of their own.
  public var before: Span<UInt8> {
    @_lifetime(copy self) get { part(record.before) }
  }

  /// The text between the link and the end of its row or the next link, at most 2 KiB.
  public var after: Span<UInt8> {
    @_lifetime(copy self) get { part(record.after) }
  }

  /// The value of the first attribute of this name: empty if it is written without one.
  ///
  /// - Parameter name: The name in lower case.
  /// - Returns: nil if the link has no such attribute.
  @_lifetime(copy self)
  public func attribute(named name: String) -> Span<UInt8>? {
    let all = part(record.attributes)
    var start = 0
    while start < all.count {
      let key = all.text(at: start + 1)
      let value = all.text(at: key.upperBound + 1)
      if all.extracting(key).equals(name) { return all.extracting(value) }
      start = value.upperBound + 1
    }
    return nil
  }

  /// Shows all attributes in the order of the page, each once; a value is empty if there is none.
  ///
  /// - Parameter visit: Takes the name in lower case, and the value.
  public func forEachAttribute(_ visit: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void) {
    let all = part(record.attributes)
    var start = 0
    while start < all.count {
      let key = all.text(at: start + 1)
      let value = all.text(at: key.upperBound + 1)
      visit(all.extracting(key), all.extracting(value))
      start = value.upperBound + 1
    }
  }

  /// Whether the link has the attribute, but without a value, as in `<a data-yanked>`.
  ///
  /// - Parameter name: The name in lower case.
  public func isBare(_ name: String) -> Bool {
    let all = part(record.attributes)
    var start = 0
    while start < all.count {
      let key = all.text(at: start + 1)
      if all.extracting(key).equals(name) { return all[start] == 1 }
      start = all.text(at: key.upperBound + 1).upperBound + 1
    }
    return false
  }
}

extension Span where Element == UInt8 {
  /// The bytes from `start` up to the next NUL byte.
  func text(at start: Int) -> Range<Int> {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var end = start
    while count - end >= 8 {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self)
      // The lowest byte that is marked is exact.
      let zeros = (word &- ones) & ~word & (ones << 7)
      if zeros != 0 { return start..<end + zeros.trailingZeroBitCount / 8 }
      end += 8
    }
    while end < count, self[end] != 0 { end += 1 }
    return start..<end
  }
}

/// Who is told of the links of a page, in their order.
public protocol LinkVisitor {
  /// A page says what its links are relative to. It does so before the first link, if at all.
  mutating func visit(base href: borrowing Span<UInt8>)
  /// A link with an `href`. The page may be refused after it: act only when it is finished.
  mutating func visit(_ link: borrowing PageLink)
}

extension LinkVisitor {
  /// Ignores it.
  public mutating func visit(base href: borrowing Span<UInt8>) {}
}
