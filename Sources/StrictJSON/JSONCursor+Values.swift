// From ranges of the text to the values that they stand for.
extension JSONCursor {
  /// Returns the bytes of a string as they are written, without its quotes.
  ///
  /// - Parameter string: A string of this text.
  /// - Returns: A part of the text.
  @_lifetime(copy self)
  public func bytes(of string: JSONString) -> Span<UInt8> {
    text.extracting(string.range)
  }

  /// Returns the bytes of a number.
  ///
  /// - Parameter number: A number of this text.
  @_lifetime(copy self)
  public func bytes(of number: JSONNumber) -> Span<UInt8> {
    text.extracting(number.range)
  }

  /// Appends what a string stands for, its escapes decoded, as UTF-8.
  ///
  /// - Parameters:
  ///   - string: A string of this text.
  ///   - bytes: The array to append to.
  public func append(_ string: JSONString, to bytes: inout [UInt8]) {
    decode(string, into: &bytes)
  }

  /// Appends what a string stands for, its escapes decoded, as UTF-8.
  ///
  /// - Parameters:
  ///   - string: A string of this text.
  ///   - buffer: The buffer to append to.
  public func append(_ string: JSONString, to buffer: inout ByteBuffer) {
    decode(string, into: &buffer)
  }

  /// Tells whether a string stands for exactly the UTF-8 bytes of a name.
  ///
  /// - Parameters:
  ///   - string: A string of this text, with or without escapes.
  ///   - name: The name to compare with.
  /// - Returns: Whether they are equal, byte for byte.
  @inlinable
  @inline(__always)
  public func isEqual(_ string: JSONString, to name: StaticString) -> Bool {
    if string.hasEscapes { return isEqual(decoding: string, to: name) }
    return text.isEqual(string.range, to: name.bytes)
  }

  @inline(never)
  @usableFromInline
  func isEqual(decoding string: JSONString, to name: StaticString) -> Bool {
    var bytes: [UInt8] = []
    append(string, to: &bytes)
    return bytes.span.isEqual(bytes.indices, to: name.bytes)
  }

  /// Returns an integer, exactly.
  ///
  /// - Parameter number: A number of this text.
  /// - Returns: The integer, or nil when it has a fraction or an exponent (also for `1e2`), or
  ///   does not fit in 64 bits.
  public func integer(_ number: JSONNumber) -> Int? {
    guard number.isInteger else { return nil }
    var digits = number.range
    let isNegative = text[digits.lowerBound] == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    var value = 0
    for place in digits {
      let digit = Int(text[place] &- UInt8(ascii: "0"))
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      // Counting downwards for a negative number reaches the least integer too.
      let (sum, overflowsToo) =
        isNegative
        ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
      if overflows || overflowsToo { return nil }
      value = sum
    }
    return value
  }

  /// Returns the 64-bit floating-point number nearest to a number.
  ///
  /// - Parameter number: A number of this text.
  /// - Returns: The floating-point number, which is finite.
  public func double(_ number: JSONNumber) -> Double {
    // The grammar of JSON numbers is a part of what the initializer reads.
    Double(digits(of: number)) ?? .nan
  }

  /// The string that a string or key stands for.
  func decoded(_ string: JSONString) -> String {
    var bytes: [UInt8] = []
    append(string, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The digits of a number as they are written.
  func digits(of number: JSONNumber) -> String {
    var bytes: [UInt8] = []
    bytes.append(text.extracting(number.range))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func decode(_ string: JSONString, into sink: inout some ByteSink & ~Copyable) {
    var start = string.range.lowerBound
    var end = start
    // The escapes were checked when the string was read, so that none is malformed here.
    while string.hasEscapes, end < string.range.upperBound {
      guard text[end] == UInt8(ascii: "\\"), let escape = try? escape(at: end) else {
        end += 1
        continue
      }
      sink.append(text.extracting(start..<end))
      for byte in UTF8.encode(escape.scalar) ?? UTF8.encodedReplacementCharacter {
        sink.append(byte)
      }
      start = escape.end
      end = start
    }
    sink.append(text.extracting(start..<string.range.upperBound))
  }
}

/// What decoded bytes can be appended to.
private protocol ByteSink: ~Copyable {
  mutating func append(_ byte: UInt8)
  mutating func append(_ bytes: borrowing Span<UInt8>)
}

extension ByteBuffer: ByteSink {}

extension [UInt8]: ByteSink {
  fileprivate mutating func append(_ bytes: borrowing Span<UInt8>) {
    append(addingCapacity: bytes.count) { output in
      for index in bytes.indices { output.append(bytes[index]) }
    }
  }
}
