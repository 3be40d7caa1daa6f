/// Which bytes of a file a partial answer holds (RFC 9110 14.4).
public struct HTTPContentRange: Sendable, Hashable {
  /// The bytes.
  public let range: Range<Int>
  /// The size of the file; `nil` if the server does not know it.
  public let size: Int?

  /// Reads `bytes 0-99/1000` or `bytes 0-99/*`.
  init?(_ text: ArraySlice<UInt8>) {
    guard text.starts(with: "bytes ".utf8) else { return nil }
    let parts = text.dropFirst(6).split(
      separator: UInt8(ascii: "/"),
      omittingEmptySubsequences: false
    )
    guard parts.count == 2 else { return nil }
    let ends = parts[0].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]),
      first <= last
    else { return nil }
    range = first..<last + 1
    if parts[1].elementsEqual("*".utf8) {
      size = nil
    } else {
      guard let size = Self.number(parts[1]), last < size else { return nil }
      self.size = size
    }
  }

  /// Whether these are the bytes that a request is for.
  func answers(_ request: HTTPRequest) -> Bool {
    guard let suffix = request.suffix else { return request.range.map(answers) ?? false }
    guard let size, range.upperBound == size else { return false }
    return range.lowerBound == max(0, size - suffix)
  }

  /// Whether these are the bytes of a range, as far as the file has them.
  func answers(_ wanted: Range<Int>) -> Bool {
    guard range.lowerBound == wanted.lowerBound else { return false }
    if range.upperBound == wanted.upperBound { return true }
    return range.upperBound < wanted.upperBound && range.upperBound == size
  }

  /// A number of at most eighteen digits, so that it cannot overflow.
  static func number(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var number = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number
  }
}
