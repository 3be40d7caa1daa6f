import StrictJSON

extension Glob {
  /// Why a text is no pattern.
  public enum Problem: String, Error, Sendable {
    case empty = "a pattern must not be empty"
    case tooLong = "a pattern must not be longer than 1,024 bytes"
    case openClass = "\"[\" begins a class of characters, which needs a \"]\"; \"[[]\" is a \"[\""
    case reversed = "a range in \"[...]\" must go from the lower character to the higher one"
  }

  /// Reads a pattern.
  ///
  /// - Parameters:
  ///   - pattern: The pattern, UTF-8.
  ///   - spelling: How the texts are spelled; the pattern is brought into the same form, its
  ///     wildcards aside.
  /// - Throws: `Problem` if it is no pattern.
  public init(
    _ pattern: borrowing Span<UInt8>,
    spelling: Spelling = .exact
  ) throws(Problem) {
    guard !pattern.isEmpty else { throw .empty }
    guard pattern.count <= 1024 else { throw .tooLong }
    var parts = [GlobPart()]
    var index = 0
    var endsInSeparator = false
    while index < pattern.count {
      let byte = pattern[index]
      index += 1
      switch byte {
      case UInt8(ascii: "*"):
        // Stars beside each other are one.
        if parts.count == 1 || parts[parts.count - 1].count > 0 { parts.append(GlobPart()) }
        endsInSeparator = false
      case UInt8(ascii: "?"):
        parts[parts.count - 1].append(ByteClass.all)
        endsInSeparator = false
      case UInt8(ascii: "["):
        let read = try Self.byteClass(pattern, from: &index, spelling)
        parts[parts.count - 1].append(read)
        endsInSeparator = false
      case _ where spelling == .project && byte.isNameSeparator:
        let isFirst = parts.count == 1 && parts[0].count == 0
        if !isFirst && !endsInSeparator { parts[parts.count - 1].append(UInt8(ascii: "-")) }
        endsInSeparator = !isFirst
      default:
        parts[parts.count - 1].append(spelling.byte(byte))
        endsInSeparator = false
      }
    }
    // A normalized name has no separator at its end.
    if endsInSeparator { parts[parts.count - 1].removeLast() }
    guard parts.count > 1 || parts[0].count > 0 else { throw .empty }
    self.init(parts: parts)
  }

  /// Reads what follows a `[`, as Python's `fnmatch` does.
  private static func byteClass(
    _ pattern: borrowing Span<UInt8>,
    from index: inout Int,
    _ spelling: Spelling
  ) throws(Problem) -> ByteClass {
    var found = ByteClass()
    let isInverted = index < pattern.count && pattern[index] == UInt8(ascii: "!")
    if isInverted { index += 1 }
    let start = index
    // A bracket that comes first is one of the class.
    while index < pattern.count, pattern[index] != UInt8(ascii: "]") || index == start {
      let lower = pattern[index]
      guard index + 2 < pattern.count, pattern[index + 1] == UInt8(ascii: "-"),
        pattern[index + 2] != UInt8(ascii: "]")
      else {
        found.insert(lower)
        index += 1
        continue
      }
      let upper = pattern[index + 2]
      guard lower <= upper else { throw .reversed }
      for byte in lower...upper { found.insert(byte) }
      index += 3
    }
    guard index < pattern.count else { throw .openClass }
    index += 1
    let spelled = found.spelled(spelling)
    return isInverted ? spelled.inverted : spelled
  }
}

extension Glob.Spelling {
  /// A byte as texts have it.
  @inline(__always)
  func byte(_ byte: UInt8) -> UInt8 {
    switch self {
    case .exact: byte
    case .lowercase: byte.asLowercase
    case .project: byte.isNameSeparator ? UInt8(ascii: "-") : byte.asLowercase
    }
  }
}

extension UInt8 {
  /// The byte, an ASCII letter in lower case.
  @inline(__always)
  var asLowercase: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }

  /// Whether the names of projects may have this between their words.
  @inline(__always)
  var isNameSeparator: Bool {
    self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
  }
}
