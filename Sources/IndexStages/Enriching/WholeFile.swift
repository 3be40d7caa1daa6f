import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// A file on a server of which all was read, into a file without a name.
struct WholeFile: ByteRangeReader {
  let size: Int
  let validators: HTTPValidators?
  private let file: HTTPFile

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - folder: Where there is room for it.
  ///   - limit: The most bytes that it may have.
  /// - Returns: nil if it has more.
  /// - Throws: `FileTrouble`, or `StageFailure`.
  init?(_ url: HTTPURL, in folder: String, upTo limit: Int, _ fetcher: FileFetcher) async throws {
    var last: HTTPFile?
    let answer = try await fetcher.send {
      var request = HTTPRequest(url)
      let file = try Self.newFile(in: folder, fetcher.title)
      last = file
      request.file = file
      request.maximumBytes = limit
      return request
    }
    switch answer {
    case .success(let response):
      guard let last else { return nil }
      file = last
      size = response.byteCount
      validators = response.validators
      try Self.check(response, fetcher.title)
    case .failure(let failure):
      if failure.kind == .tooLarge { return nil }
      if failure.isGone { throw FileTrouble.gone(failure) }
      throw StageFailure(failure, fetcher.title, url)
    }
  }

  private static func newFile(in folder: String, _ title: String) throws(StageFailure) -> HTTPFile {
    do throws(IOFailure) {
      return try HTTPFile(in: folder)
    } catch {
      throw StageFailure(
        .unavailable,
        code: "unwritable-folder",
        "\(title): cannot write to \(folder), where files are kept while they are read: \(error)",
        help: "name another folder by the variable TMPDIR"
      )
    }
  }

  /// Refuses what may have been cut, and pages that stand for a file.
  private static func check(_ response: HTTPResponse, _ title: String) throws(StageFailure) {
    if response.framing == .untilClose {
      throw StageFailure(
        .unavailable,
        code: "broken-answer",
        "\(title): \(response.url): the server does not tell where the file ends, so it may be cut"
      )
    }
    let type = response.field("content-type").map { Array($0.utf8) } ?? []
    if type.span.startsIgnoringCase(with: "text/html", at: 0) {
      throw StageFailure(
        .unavailable,
        code: "not-a-file",
        "\(title): \(response.url) is a page (text/html), not a file",
        help: "if the server wants credentials, give \"origin\" and a login"
      )
    }
  }

  /// Reads a part.
  func bytes(in range: Range<Int>) throws(IOFailure) -> [UInt8] { try file.content.read(at: range) }

  /// Its digest in hexadecimal digits.
  ///
  /// - Throws: `LibraryFailure` or `IOFailure`.
  func digest(_ algorithm: HashAlgorithm) throws -> String {
    guard let known = DigestAlgorithm(rawValue: "\(algorithm.name)") else { return "" }
    var digest = try Digest(known)
    try file.content.rewind()
    try digest.update(readingAllOf: file.content) { Task.isCancelled }
    try Task.checkCancellation()
    return digest.finish().hexadecimal
  }

  /// The `PKG-INFO` in it, if it is a tar archive that holds one.
  ///
  /// - Throws: `ArchiveProblem` or `IOFailure`.
  func packageInfo() throws -> [UInt8]? {
    try file.content.rewind()
    return try SourceArchive.packageInfo(inTar: file.content, size: size)
  }
}
