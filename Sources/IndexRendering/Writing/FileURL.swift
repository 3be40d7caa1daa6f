import IndexModel
import StrictJSON

/// Where the distributions of an index are: a URL with a hole for the file name.
///
/// A relative URL is relative to `simple/<project>/`, as for dumb-pypi, and is rewritten for every
/// page that stands elsewhere.
public struct FileURL: Sendable, Equatable {
  /// Why a text cannot be the URL of the distributions.
  public enum Problem: String, Error, Sendable {
    case empty = "the URL must not be empty"
    case byte = "a URL must not hold spaces, quotes, control characters or non-ASCII characters"
    case scheme = "a URL must be relative, or begin with https:, http: or file:"
    case noFilename = "a file URL must hold {filename}"
    case suffix = "a URL with a query or a fragment must say where the file name goes: {filename}"
  }

  let before: [UInt8]
  let after: [UInt8]
  let isRelative: Bool

  /// Creates the URL `prefix/` and the file name.
  ///
  /// - Parameter prefix: dumb-pypi's `--packages-url`; slashes at its end do not matter.
  /// - Throws: `Problem` if it cannot stand on a page.
  public init(prefix: String) throws(Problem) {
    var bytes = Array(prefix.utf8)
    guard !bytes.isEmpty else { throw .empty }
    if bytes.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
      throw .suffix
    }
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "/"))
    try self.init(before: bytes, after: [])
  }

  /// Creates a URL of a template.
  ///
  /// - Parameter template: A URL that holds `{filename}` once.
  /// - Throws: `Problem` if it cannot stand on a page.
  public init(template: String) throws(Problem) {
    let bytes = Array(template.utf8)
    let hole = Array("{filename}".utf8)
    guard bytes.count >= hole.count,
      let start = (0...bytes.count - hole.count).first(where: { bytes[$0...].starts(with: hole) })
    else { throw .noFilename }
    try self.init(before: Array(bytes[..<start]), after: Array(bytes[(start + hole.count)...]))
  }

  /// The folder `pool` beside the pages: `../../pool/` from `simple/<project>/`.
  public static let pool = FileURL(folder: "../../pool/")

  private init(folder: String) {
    before = Array(folder.utf8)
    after = []
    isRelative = true
  }

  private init(before: [UInt8], after: [UInt8]) throws(Problem) {
    for byte in before + after {
      guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "<"),
        byte != UInt8(ascii: ">"), byte != UInt8(ascii: "\\"), byte != UInt8(ascii: "{"),
        byte != UInt8(ascii: "}"), byte != UInt8(ascii: "'")
      else { throw .byte }
    }
    let hasScheme = Self.hasScheme(before.span)
    if hasScheme {
      let allowed =
        before.span.startsIgnoringCase(with: "https://", at: 0)
        || before.span.startsIgnoringCase(with: "http://", at: 0)
        || before.span.startsIgnoringCase(with: "file:///", at: 0)
      guard allowed else { throw .scheme }
    }
    self.before = before
    self.after = after
    isRelative = !hasScheme && before.first != UInt8(ascii: "/")
  }

  /// Why `url` cannot be the URL of a picture on a page, or `nil` if it can.
  public static func problem(ofPicture url: String) -> String? {
    let bytes = url.utf8Span.span
    if !hasScheme(bytes) || bytes.startsIgnoringCase(with: "https:", at: 0)
      || bytes.startsIgnoringCase(with: "http:", at: 0)
      || bytes.startsIgnoringCase(with: "data:image/", at: 0)
    {
      return nil
    }
    return "a picture must be at a relative URL, or one of https:, http: or data:image/"
  }

  /// Why `url` cannot be a link of a page for people, or `nil` if it can.
  public static func problem(ofLink url: String) -> String? {
    let bytes = url.utf8Span.span
    let isAllowed =
      !hasScheme(bytes) || bytes.startsIgnoringCase(with: "https:", at: 0)
      || bytes.startsIgnoringCase(with: "http:", at: 0)
      || bytes.startsIgnoringCase(with: "mailto:", at: 0)
    if bytes.isEmpty || !isAllowed {
      return "a link must be a relative URL, or one of https:, http: or mailto:"
    }
    return nil
  }

  /// Why `url` cannot be where people read an index, or `nil` if it can: it is shown in lines for a
  /// shell, and other URLs are made of it.
  public static func problem(ofSite url: String) -> String? {
    let bytes = url.utf8Span.span
    for index in bytes.indices {
      switch bytes[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: ":"),
        UInt8(ascii: "%"), UInt8(ascii: "["), UInt8(ascii: "]"):
        continue
      default: return "the URL of a site must hold letters, digits and -._~/:% only"
      }
    }
    let isAbsolute =
      bytes.startsIgnoringCase(with: "https://", at: 0)
      || bytes.startsIgnoringCase(with: "http://", at: 0)
    guard isAbsolute, bytes[bytes.count - 1] == UInt8(ascii: "/") else {
      return "the URL of a site must begin with https:// or http://, and end with a slash"
    }
    return nil
  }

  /// Whether a colon stands in the first component.
  static func hasScheme(_ url: borrowing Span<UInt8>) -> Bool {
    for index in url.indices {
      if url[index] == UInt8(ascii: ":") { return true }
      if url[index] == UInt8(ascii: "/") || url[index] == UInt8(ascii: "?") { return false }
    }
    return false
  }
}
