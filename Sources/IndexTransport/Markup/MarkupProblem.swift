/// Why a page was refused: what was read of it must not be used, least of all as a shorter list.
public struct MarkupProblem: Error, Hashable, Sendable {
  /// What is wrong, as a program reads it.
  public enum Code: String, Sendable, CaseIterable {
    /// libxml2 cannot be loaded.
    case noLibrary = "no-library"
    /// There was no memory.
    case noMemory = "no-memory"
    /// The page is larger than the limit.
    case tooLarge = "too-large"
    /// The page has not a single character.
    case empty = "empty-page"
    /// The page has a NUL byte, at which libxml2 would end it.
    case nul = "nul-byte"
    /// The page is said to be UTF-8, and is not.
    case invalidUTF8 = "invalid-utf-8"
    /// libxml2 left something out, or the XML is not well-formed.
    case syntax
    /// Elements are nested more than 200 deep.
    case tooDeep = "too-deep"
    /// A tag is longer than 64 KiB (in XML 4 KiB).
    case tagTooLong = "tag-too-long"
    /// A long tag has more than about 500 attributes, which libxml2 takes too long to compare.
    case tooManyAttributes = "too-many-attributes"
    /// A text, a comment or a script is longer than 1 MiB.
    case textTooLong = "text-too-long"
    /// A DOCTYPE declares something, or is in XML, where none is read.
    case doctype
    /// A comment that browsers and libxml2 end at different places.
    case ambiguousComment = "ambiguous-comment"
    /// A link stands in an element whose content browsers take for text, such as `<title>`.
    case hiddenLink = "hidden-link"
    /// A `<base>` comes after the first link, which it would change.
    case lateBase = "late-base"
    /// The `<meta>` elements are larger than 16 KiB.
    case tooManyMetas = "too-many-metas"
    /// The page goes on after an `</html>` too many, where libxml2 stops.
    case leftOver = "left-over"
  }

  /// What is wrong.
  public let code: Code
  /// One line for people.
  public let message: String
  /// Where, in bytes from the start of the page; at most one token too early.
  public let offset: Int

  /// Creates a problem.
  public init(_ code: Code, _ message: String, at offset: Int) {
    self.code = code
    self.message = message
    self.offset = offset
  }
}

extension MarkupProblem: CustomStringConvertible {
  /// One line: the place, the message and the code.
  public var description: String { "byte \(offset): \(message) (\(code.rawValue))" }
}
