extension JSONCursor {
  /// Moves over one value of any kind, and checks all of it.
  ///
  /// It refuses everything that the reading calls refuse. It does not compare keys: an object
  /// with duplicate keys passes.
  ///
  /// - Throws: ``JSONError`` when the value is malformed or too deep.
  /// - Complexity: O(n) in the bytes of the value, with one bit of memory for each level: no
  ///   depth overflows the stack.
  public mutating func skipValue() throws(JSONError) {
    let floor = depth
    var isObject = BitStack()
    repeat {
      switch try peekKind() {
      case .object:
        try beginObject()
        isObject.push(true)
      case .array:
        try beginArray()
        isObject.push(false)
      case .string: _ = try string()
      case .number: _ = try number()
      case .boolean: _ = try boolean()
      case .null: try null()
      }
      while depth > floor {
        if try isObject.top ? nextKey() != nil : nextElement() { break }
        isObject.pop()
      }
    } while depth > floor
  }
}

/// A stack of booleans that allocates only beyond 64 of them.
private struct BitStack {
  private var word: UInt64 = 0
  private var count = 0
  private var fullWords: [UInt64] = []

  var top: Bool { word & 1 == 1 }

  mutating func push(_ bit: Bool) {
    if count > 0, count.isMultiple(of: 64) { fullWords.append(word) }
    word = word << 1 | (bit ? 1 : 0)
    count += 1
  }

  mutating func pop() {
    word >>= 1
    count -= 1
    if count.isMultiple(of: 64), let full = fullWords.popLast() { word = full }
  }
}
