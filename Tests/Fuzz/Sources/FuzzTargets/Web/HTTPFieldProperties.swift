@testable import IndexTransport

/// The values of fields of an answer: dates, waits, parts of files, validators.
enum HTTPFieldProperties {
  static func check(_ value: [UInt8]) {
    guard let now = HTTPDate(seconds: 1_700_000_000) else { fatalError("there is no now") }
    if let date = HTTPDate(value.span, now: now) {
      let text = Array("\(date)".utf8)
      require(HTTPDate(text.span, now: now) == date, "\(date) is another date when it is written")
      require(text.count == 29, "\(date) has not the form that senders use")
    }
    if let wait = RetryAfter.wait(value.span, now: now) {
      require(wait >= .zero && wait <= .seconds(60), "a wait of \(wait)")
    }
    if let part = HTTPContentRange(value[...]) {
      let end = part.range.upperBound
      require(!part.range.isEmpty && end <= part.size ?? end, "\(part) is no part of a file")
      require(part.answers(part.range), "\(part) is not what it is")
    }
    let text = String(decoding: value, as: UTF8.self)
    if let validators = HTTPValidators(entityTag: text, lastModified: text) {
      for kept in [validators.entityTag, validators.lastModified] {
        guard let kept else { continue }
        require(kept.utf8.elementsEqual(value), "a validator is not kept as it was")
        require(HTTPField("If-None-Match", kept) != nil, "a validator cannot be sent back")
      }
    }
    checkField(value)
    checkHead(value)
  }

  private static func checkField(_ value: [UInt8]) {
    let (name, rest) = value.firstLine
    let text = String(decoding: rest, as: UTF8.self)
    guard let field = HTTPField(String(decoding: name, as: UTF8.self), text) else { return }
    let isOneLine = field.line.utf8.allSatisfy { $0 != 0x0A && $0 != 0x0D && $0 != 0 }
    require(isOneLine, "a field has line breaks")
  }

  private static func checkHead(_ lines: [UInt8]) {
    var head = HTTPHead()
    for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = Array(line) + [0x0A]
      unsafe line.withUnsafeBufferPointer { unsafe head.append($0) }
    }
    let values = head.values(of: "etag")
    require(head.value(of: "etag") == values.last, "the last value is not the last of all")
    for value in values {
      require((value.first ?? 0x78) > 0x20 && (value.last ?? 0x78) > 0x20, "white space is left")
    }
  }
}
