import StrictJSON

/// A pattern of bytes: `*` stands for any of them, `?` for one, `[a-z]` for one of a class and
/// `[!a-z]` for one outside of it; `[*]` is a star itself.
///
/// The pattern is cut at its stars. What stands before the first is held against the start of the
/// text, what stands after the last against its end, and each part between is looked for behind
/// the one before it, so that no text makes it try again.
public struct Glob: Sendable, Equatable {
  /// How the texts are spelled that a pattern is held against.
  public enum Spelling: Sendable {
    /// As they are.
    case exact
    /// With their ASCII letters in lower case.
    case lowercase
    /// As normalized names of projects: lower case, and a `-` for each run of `-`, `_` and `.`.
    case project
  }

  /// The parts between the stars, one more than there are stars.
  let parts: [GlobPart]
  /// The fewest bytes of a text that matches.
  private let minimumCount: Int

  init(parts: [GlobPart]) {
    self.parts = parts
    minimumCount = parts.reduce(0) { $0 + $1.count }
  }

  /// The one text that matches, if there is no more than one.
  public var literal: [UInt8]? {
    parts.count == 1 && parts[0].classes.isEmpty ? parts[0].bytes : nil
  }

  /// Whether a text matches as a whole, spelled as the pattern was told.
  public func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return matches(bytes.span)
  }

  /// Whether a text matches as a whole.
  ///
  /// - Parameter text: UTF-8, spelled as the pattern was told.
  /// - Complexity: O(text · pattern), without allocation.
  public func matches(_ text: borrowing Span<UInt8>) -> Bool {
    guard text.count >= minimumCount, parts[0].matches(text, at: 0) else { return false }
    guard parts.count > 1 else { return text.count == minimumCount }
    let last = parts.count - 1
    let end = text.count - parts[last].count
    guard parts[last].matches(text, at: end) else { return false }
    var start = parts[0].count
    for index in 1..<last {
      guard let found = parts[index].first(in: text, from: start, to: end) else { return false }
      start = found + parts[index].count
    }
    return start <= end
  }
}

/// A piece of a pattern without stars.
struct GlobPart: Sendable, Equatable {
  /// The bytes; at the place of a class, any.
  private(set) var bytes: [UInt8] = []
  /// For each byte the number of its class, from 1, or 0; empty if there are no classes.
  private(set) var numbers: [UInt16] = []
  private(set) var classes: [ByteClass] = []

  var count: Int { bytes.count }

  /// The bytes that a text must have.
  var literals: [UInt8] {
    numbers.isEmpty ? bytes : zip(bytes, numbers).compactMap { $1 == 0 ? $0 : nil }
  }

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
    if !classes.isEmpty { numbers.append(0) }
  }

  mutating func append(_ byteClass: ByteClass) {
    while numbers.count < bytes.count { numbers.append(0) }
    classes.append(byteClass)
    bytes.append(0)
    numbers.append(UInt16(classes.count))
  }

  mutating func removeLast() {
    bytes.removeLast()
    if !numbers.isEmpty { numbers.removeLast() }
  }

  /// Whether the bytes of `text` from `start` on, of which there are enough, begin with the part.
  @inline(__always)
  func matches(_ text: borrowing Span<UInt8>, at start: Int) -> Bool {
    let bytes = bytes.span
    if classes.isEmpty {
      for index in bytes.indices where text[start + index] != bytes[index] { return false }
      return true
    }
    return matchesClasses(text, at: start)
  }

  private func matchesClasses(_ text: borrowing Span<UInt8>, at start: Int) -> Bool {
    for index in bytes.indices {
      let byte = text[start + index]
      let number = Int(numbers[index])
      guard number == 0 ? byte == bytes[index] : classes[number - 1].contains(byte) else {
        return false
      }
    }
    return true
  }

  /// The first place of the part in a stretch of `text`.
  func first(in text: borrowing Span<UInt8>, from start: Int, to end: Int) -> Int? {
    guard count > 0 else { return start <= end ? start : nil }
    let (head, last) = (bytes[0], end - count)
    let isLiteral = numbers.isEmpty || numbers[0] == 0
    var place = start
    while place <= last {
      if isLiteral {
        guard let found = text.firstIndex(of: head, from: place), found <= last else { return nil }
        place = found
      }
      if matches(text, at: place) { return place }
      place += 1
    }
    return nil
  }
}
