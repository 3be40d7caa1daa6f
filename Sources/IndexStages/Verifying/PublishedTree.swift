import IndexPipeline
import IndexTransport

/// An index as its readers find it: a folder, or the place that a web server serves it at.
protocol PublishedTree: Sendable {
  /// The URL that paths are relative to; that of a folder is made up.
  var base: HTTPURL { get }
  /// Whether a web server is asked.
  var isWeb: Bool { get }
  /// How many pages are asked for at once.
  var width: Int { get }
  /// Reads a page.
  ///
  /// - Parameters:
  ///   - path: Its path, relative to the root of the tree.
  ///   - form: The form that is asked for, where a server may choose.
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  func page(at path: [UInt8], as form: PageForm) async throws -> FoundPage
  /// Whether it can be told what is at a path: files may be served out of another folder.
  func covers(_ path: [UInt8]) -> Bool
  /// Looks for a distribution, or what lies beside one.
  ///
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  func holds(_ path: [UInt8]) async throws -> Bool
  /// What is wrong with a distribution that is there, if its bytes can be had for little.
  ///
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  func mistake(in path: [UInt8], size: Int?, digest: FileDigest?) async throws -> String?
  /// The paths of all files that can be pages of an index; nil if nobody lists them.
  ///
  /// - Throws: `StageFailure` if they cannot be read.
  func listing() async throws -> [[UInt8]]?
}

/// The forms that a page of the simple API has.
enum PageForm {
  case html, json
}

/// What is at the path of a page.
enum FoundPage: Sendable {
  /// Nothing is there.
  case missing
  /// Something is, but nobody can read it; why not.
  case unservable(String)
  /// A page.
  case page(ServedPage)
}

/// A page as it was found.
struct ServedPage: Sendable {
  let bytes: [UInt8]
  /// What the server calls it; nil if there is no server, or it says nothing.
  var contentType: String?
  /// How long caches may keep it; nil as above.
  var cacheControl: String?
  /// Whether a server gave it, which then must say what it is.
  var isServed = false
}

extension PublishedTree {
  /// What a link on a page leads to.
  ///
  /// - Parameters:
  ///   - href: The link, without a fragment.
  ///   - page: The path of the page; that of a folder ends with `/`.
  func target(of href: [UInt8], on page: [UInt8]) -> LinkTarget {
    guard let url = base.resolving(PathText.encoded(page).span)?.resolving(href.span) else {
      return .nowhere
    }
    guard url.query == nil, url.bytes.starts(with: base.bytes) else { return .outside(url.bytes) }
    var path: [UInt8] = []
    path.append(percentDecoding: url.bytes[base.bytes.count...])
    return .inside(path)
  }
}

/// What a link leads to.
enum LinkTarget: Equatable {
  /// A path of the tree.
  case inside([UInt8])
  /// A URL that is none of the tree.
  case outside([UInt8])
  /// It is no link that an installer follows.
  case nowhere
}

/// Paths as they stand in URLs.
enum PathText {
  /// A path with escapes for all that is not plain in URLs.
  static func encoded(_ path: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return path.flatMap { byte -> [UInt8] in
      if isPlain(byte) || byte == UInt8(ascii: "/") { return [byte] }
      return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  /// Whether a byte means itself in every part of a URL (RFC 3986 2.3).
  static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }
}
