internal import CXML2

/// What every byte of a page passes before libxml2 sees it.
///
/// Out of it come slices without NUL that end between two characters and are UTF-8. A byte that
/// is none travels as a character of a private plane, and is a byte again in what is found.
struct PageGate: ~Copyable {
  let charset: PageCharset
  let limits: PageLimits
  /// How many bytes came in.
  private(set) var count = 0
  /// How many bytes went out.
  private var given = 0
  /// Whether bytes travel as characters.
  private(set) var carriesBytes = false
  /// The first bytes of a character whose others have not come yet.
  private var part: [UInt8] = []

  init(charset: PageCharset, limits: PageLimits) {
    self.charset = charset
    self.limits = limits
  }

  static var sliceSize: Int { Int(CXML2_SLICE) }

  /// Counts and checks a slice.
  ///
  /// - Returns: nil if the slice may be read as it is, else what to read in its place.
  mutating func admit(_ slice: borrowing Span<UInt8>) throws(MarkupProblem) -> [UInt8]? {
    let start = count - part.count
    count += slice.count
    if count > limits.size {
      throw MarkupProblem(.tooLarge, "the page is larger than \(limits.size) bytes", at: count)
    }
    let kind = slice.survey()
    if kind.hasNUL {
      throw MarkupProblem(.nul, "the page has a NUL byte", at: count - slice.count)
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if part.isEmpty, kind.isASCII {
      given += slice.count
      return nil
    }
    var bytes = part
    part = []
    slice.append(to: &bytes)
    var mended = try mend(bytes, at: start)
    if start == 0, mended.starts(with: mark) { mended.removeFirst(3) }
    given += mended.count
    return mended
  }

  /// The place in the page of a place in what went out; too early where bytes travel as characters.
  func offset(of position: Int) -> Int {
    let excess = given - (count - part.count)
    return min(max(0, position - excess), count)
  }

  /// The rest, at the end of the page.
  mutating func finish() throws(MarkupProblem) -> [UInt8] {
    let rest = part
    part = []
    let mended = rest.isEmpty ? [] : try mend(rest, at: count - rest.count, isLast: true)
    given += mended.count
    return mended
  }

  private mutating func mend(
    _ bytes: [UInt8],
    at offset: Int,
    isLast: Bool = false
  ) throws(MarkupProblem) -> [UInt8] {
    var mended: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let bad = rest.span.firstInvalidUTF8() else {
        return mended + rest
      }
      mended += rest.prefix(bad.lowerBound)
      rest = rest.dropFirst(bad.lowerBound)
      if rest.count == bad.count, bad.count < 4, !isLast, rest.span.mayBeCut() {
        part = Array(rest)
        return mended
      }
      if charset == .utf8 {
        let place = offset + (bytes.count - rest.count)
        throw MarkupProblem(.invalidUTF8, "the page is not UTF-8, as it is said to be", at: place)
      }
      carriesBytes = true
      // U+10FF00 and the byte; only bytes from 0x80 on can be no UTF-8.
      let byte = rest[rest.startIndex]
      mended += [0xF4, 0x8F, byte < 0xC0 ? 0xBE : 0xBF, byte & 0x3F | 0x80]
      rest = rest.dropFirst()
    }
    return mended
  }
}
