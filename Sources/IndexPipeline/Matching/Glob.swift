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
