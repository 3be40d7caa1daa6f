/// Values that must not be shown, and what is shown in their place.
public struct Secrets: Sendable {
  private var values: [(value: [UInt8], reference: [UInt8])] = []

  /// The fewest bytes that are masked: fewer protect nothing, and occur in any text.
  private static let shortest = 4

  /// Creates a set without values.
  public init() {}

  /// Adds a value.
  ///
  /// - Parameters:
  ///   - value: What must not be shown; of several lines, none is.
  ///   - reference: What is shown in its place, such as `${env:TOKEN}`.
  public mutating func add(_ value: String, as reference: String) {
    let lines = value.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map { Array($0) }
    for part in [Array(value.utf8)] + (lines.count > 1 ? lines : [])
    where part.count >= Self.shortest && !values.contains(where: { $0.value == part }) {
      values.append((part, Array(reference.utf8)))
    }
    // A value that holds another one is masked as a whole.
    values.sort { $0.value.count > $1.value.count }
  }

  /// Adds all values of others.
  mutating func add(_ others: Secrets) {
    for other in others.values {
      add(
        String(decoding: other.value, as: UTF8.self),
        as: String(decoding: other.reference, as: UTF8.self)
      )
    }
  }

  /// The text without the values, and without user names and passwords in URLs.
  public func masking(_ text: String) -> String {
    String(decoding: masking(Array(text.utf8)), as: UTF8.self)
  }

  /// The bytes without the values, and without user names and passwords in URLs.
  public func masking(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for (value, reference) in values { bytes = bytes.replacing(value, with: reference) }
    return bytes.withoutUserInfo
  }

  /// The diagnostic without the values.
  public func masking(_ diagnostic: Diagnostic) -> Diagnostic {
    var masked = diagnostic
    masked.message = masking(diagnostic.message)
    masked.remarks = diagnostic.remarks.map {
      Remark($0.label, masking($0.text), lines: $0.lines.map { masking($0) })
    }
    return masked
  }

  /// The failure without the values.
  public func masking(_ failure: StageFailure) -> StageFailure {
    var masked = failure
    masked.diagnostic = masking(failure.diagnostic)
    return masked
  }
}

extension [UInt8] {
  /// The bytes with `***` for what stands between `://` and `@` of URLs.
  fileprivate var withoutUserInfo: [UInt8] {
    var result: [UInt8] = []
    var start = startIndex
    for range in userInfoRanges {
      result += self[start..<range.lowerBound] + "***".utf8
      start = range.upperBound
    }
    return result + self[start...]
  }

  /// Where names and passwords stand in URLs, between `://` and `@`.
  var userInfoRanges: [Range<Int>] {
    guard contains(UInt8(ascii: "@")) else { return [] }
    var ranges: [Range<Int>] = []
    var index = startIndex
    while index < endIndex {
      guard self[index] == UInt8(ascii: ":"), self[index...].starts(with: "://".utf8) else {
        index += 1
        continue
      }
      index += 3
      let authority = self[index...].prefix { $0 > 0x20 && !"/?#\"'<>".utf8.contains($0) }
      if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
        ranges.append(index..<at)
        index = at
      }
    }
    return ranges
  }
}
