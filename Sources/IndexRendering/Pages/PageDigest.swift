import StrictJSON

/// What tells whether two pages have the same bytes: 128 bits made of them.
///
/// It finds changes; it is no proof against a forger, who would only deceive himself.
public struct PageDigest: Hashable, Sendable {
  private let high: UInt64
  private let low: UInt64

  /// Makes the digest of a page that lies in one piece.
  public init(_ bytes: borrowing Span<UInt8>) {
    var hasher = PageHasher()
    hasher.append(bytes)
    self = hasher.digest
  }

  /// The digest of no bytes.
  public static let ofNothing = PageHasher().digest

  /// What digests of several things are added to.
  public static let ofNoThings = PageDigest(high: 0, low: 0)

  /// Makes the digest of the lines of a text, in whatever order they are.
  public init(ofLines text: borrowing Span<UInt8>) {
    self = .ofNoThings
    var start = 0
    while start < text.count {
      let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
      add(PageDigest(text.extracting(start..<end)))
      start = end + 1
    }
  }

  /// Adds the digest of a thing to that of others; the sum does not tell in which order they came.
  public mutating func add(_ other: PageDigest) {
    self = PageDigest(high: high &+ other.high, low: low &+ other.low)
  }

  /// The digest as 32 hexadecimal digits.
  public var text: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }

  /// Reads what ``text`` wrote.
  public init?(text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32,
      let high = UInt64(String(decoding: digits[..<16], as: UTF8.self), radix: 16),
      let low = UInt64(String(decoding: digits[16...], as: UTF8.self), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  fileprivate init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// Makes the digest of a page that comes in parts.
///
/// Two lanes take 8 bytes each at a step, and are mixed at the end, so that it runs at the speed of
/// memory in plain safe code.
public struct PageHasher: Sendable {
  private static let block = 16
  private static let high: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let low: UInt64 = 0xC2B2_AE3D_27D4_EB4F

  private var a = Self.high
  private var b = Self.low
  private var count = 0
  /// The bytes behind the last whole block.
  private var rest = InlineArray<16, UInt8>(repeating: 0)

  /// Creates a hasher that has seen nothing.
  public init() {}

  /// Takes the next bytes of the page.
  public mutating func append(_ bytes: borrowing Span<UInt8>) {
    let waiting = count % Self.block
    count += bytes.count
    var start = 0
    if waiting > 0 {
      start = min(Self.block - waiting, bytes.count)
      keep(bytes.extracting(..<start), at: waiting)
      guard waiting + start == Self.block else { return }
      mixRest()
    }
    while bytes.count - start >= Self.block {
      mix(bytes.word(at: start), bytes.word(at: start + 8))
      start += Self.block
    }
    keep(bytes.extracting(start...), at: 0)
  }

  private mutating func keep(_ bytes: borrowing Span<UInt8>, at place: Int) {
    for index in bytes.indices { rest[place + index] = bytes[index] }
  }

  private mutating func mixRest() {
    let (first, second) = (rest.span.word(at: 0), rest.span.word(at: 8))
    mix(first, second)
  }

  /// Takes the digest of something as the next bytes.
  public mutating func append(_ digest: PageDigest) {
    let text = digest.text
    append(text.utf8Span.span)
  }

  /// The digest of all bytes so far.
  public var digest: PageDigest {
    var last = self
    let waiting = count % Self.block
    if waiting > 0 {
      for place in waiting..<Self.block { last.rest[place] = 0 }
      last.mixRest()
    }
    last.mix(UInt64(count), Self.low)
    return PageDigest(high: Self.finish(last.a ^ last.b.byteSwapped), low: Self.finish(last.b))
  }

  @inline(__always)
  private mutating func mix(_ first: UInt64, _ second: UInt64) {
    let left = (a ^ first).multipliedFullWidth(by: Self.high)
    let right = (b ^ second).multipliedFullWidth(by: Self.low)
    a = left.low ^ right.high &+ first
    b = right.low ^ left.high &+ second
  }

  private static func finish(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ word >> 32) &* high
    word = (word ^ word >> 29) &* low
    return word ^ word >> 32
  }
}
