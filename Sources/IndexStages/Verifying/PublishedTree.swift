import IndexPipeline
import IndexTransport

/// An index as its readers find it: a folder, an archive, or the place that a server gives it at.
protocol PublishedTree: Sendable {
  /// What messages call it.
  var name: String { get }
  /// The URL that paths are relative to; made up if no server gives it.
  var base: HTTPURL { get }
  /// Whether a server is asked.
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
  /// The compressed copies that lie beside a page; none where nobody looks for them.
  ///
  /// - Throws: `StageFailure` if one cannot be read.
  func copies(of path: [UInt8]) async throws -> [CompressedPage]
  /// Whether it can be told what is at a path: files may be served out of another folder.
  func covers(_ path: [UInt8]) -> Bool
  /// Looks for a distribution, or what lies beside one; nil if it is not there.
  ///
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  func file(at path: [UInt8]) async throws -> ServedFile?
  /// The digest of a file in hexadecimal digits; nil if its bytes cannot be had for little.
  ///
  /// - Throws: `StageFailure` if nothing can be said of it just now.
  func digest(of path: [UInt8], _ algorithm: DigestAlgorithm) async throws -> String?
  /// The status of a server's answer for a path; nil if no server is asked.
  ///
  /// - Throws: `StageFailure` if there is none.
  func status(of path: [UInt8]) async throws -> Int?
  /// What is in it; nil if nobody lists that.
  ///
  /// - Throws: `StageFailure` if it cannot be read.
  func listing() async throws -> TreeListing?
}

/// What is in a tree.
struct TreeListing: Sendable {
  /// The paths of all files that can be pages of an index.
  var paths: [[UInt8]] = []
  /// The paths of all files that can be compressed copies of such.
  var copies: [[UInt8]] = []
  /// The folders that a server may not read, and why.
  var closed: [(path: [UInt8], reason: String)] = []
  /// The folders that have nothing in them.
  var empty: [[UInt8]] = []
}

/// The forms that a page of the simple API has.
enum PageForm {
  case html, json

  /// The form of a page, as its path tells.
  init(of path: [UInt8]) { self = path.hasSuffix("json") ? .json : .html }
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
  /// What the answer depends on; nil as above.
  var vary: String?
  /// Whether a server gave it, which then must say what it is.
  var isServed = false

  /// Whether the server calls it JSON of the simple API.
  var isCalledJSON: Bool {
    (contentType ?? "").utf8.starts(with: "application/vnd.pypi.simple.v1+json".utf8)
  }
}

/// A file that is there.
struct ServedFile: Sendable {
  /// Its size in bytes; nil if the server does not say.
  let size: Int?
  /// Why a server cannot read it; nil if nothing is known to be in the way.
  var problem: String?
}

extension PublishedTree {
  func copies(of path: [UInt8]) async throws -> [CompressedPage] { [] }

  /// The base of a tree that no server gives.
  ///
  /// It is deep enough that links which climb out of the tree stay out of it.
  static var madeUpBase: HTTPURL {
    get throws(StageFailure) {
      do throws(HTTPURLProblem) {
        return try HTTPURL("http://tree.invalid/1/2/3/4/5/6/7/8/")
      } catch {
        throw StageFailure(.bug, code: "bug", "\(error)")
      }
    }
  }

  /// The URL that a link on a page means; nil if it is none that an installer follows.
  ///
  /// - Parameters:
  ///   - href: The link.
  ///   - page: The path of the page; that of a folder ends with `/`.
  ///   - other: Where links begin, if the page says so.
  func url(of href: [UInt8], on page: [UInt8], base other: [UInt8]? = nil) -> HTTPURL? {
    var encoded: [UInt8] = []
    S3Encoding.append(page.span, keepsSlashes: true, to: &encoded)
    guard let url = base.resolving(encoded.span) else { return nil }
    return (other.flatMap { url.resolving($0.span) } ?? url).resolving(href.span)
  }

  /// What a link on a page leads to.
  ///
  /// - Parameter href: The link, without a fragment; the others are those of `url(of:on:base:)`.
  func target(of href: [UInt8], on page: [UInt8], base other: [UInt8]? = nil) -> LinkTarget {
    guard let url = url(of: href, on: page, base: other) else { return .nowhere }
    guard url.query == nil, url.bytes.starts(with: base.bytes) else { return .outside }
    var path: [UInt8] = []
    path.append(percentDecoding: url.bytes[base.bytes.count...])
    // Escaped dots would lead out of a folder, where browsers stay in.
    let isPath = !path.contains(0) && !S3Address.hasDotSegments(path.span)
    return isPath ? .inside(path) : .nowhere
  }
}

/// What a link leads to.
enum LinkTarget: Equatable {
  /// A path of the tree.
  case inside([UInt8])
  /// A URL that is none of the tree.
  case outside
  /// It is no link that an installer follows.
  case nowhere
}
