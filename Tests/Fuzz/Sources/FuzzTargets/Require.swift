/// Ends the process, which libFuzzer takes for a find, unless a property holds.
func require(_ holds: Bool, _ property: @autoclosure () -> String) {
  if !holds { fatalError(property()) }
}

extension [UInt8] {
  /// The bytes of a span.
  init(of span: borrowing Span<UInt8>) {
    self = []
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }

  /// Whether they are UTF-8.
  var isUTF8: Bool { String(validating: self, as: UTF8.self) != nil }

  /// The bytes before the first line feed, and those after it.
  var firstLine: (line: [UInt8], rest: [UInt8]) {
    let end = firstIndex(of: 0x0A) ?? count
    return (Array(self[..<end]), Array(self[end...].dropFirst()))
  }
}
