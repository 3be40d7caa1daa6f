import IndexPipeline
import IndexTransport

/// A file on a server of which parts are read; all of them are of one version.
struct RangedFile: ByteRangeReader {
  /// The most bytes of an answer with more than was asked for: a small file may come as a whole.
  private static let generosity = 1 << 16

  let url: HTTPURL
  let size: Int
  let validators: HTTPValidators?
  /// The last bytes, which hold the directory of most wheels.
  private let tail: [UInt8]
  private let fetcher: FileFetcher

  /// How many of the last bytes are read at first.
  ///
  /// The directory takes about a hundred bytes a member, so that it grows with the file, slowly. To
  /// read too little costs a request, to read too much its bytes.
  static func tailSize(of size: Int?) -> Int {
    guard let size else { return 4 << 10 }
    return min(max(size / 100, 2 << 10), 32 << 10)
  }

  /// Reads the end of a file.
  ///
  /// - Parameter size: Its bytes, if that is known.
  /// - Throws: `FileTrouble`, or `StageFailure`.
  init(_ url: HTTPURL, size: Int?, _ fetcher: FileFetcher) async throws {
    self.url = url
    self.fetcher = fetcher
    let count = Self.tailSize(of: size)
    var request = HTTPRequest(url)
    if let size, size > 0 {
      request.range = max(0, size - count)..<size
    } else {
      request.suffix = count
    }
    let response = try await Self.send(request, count, fetcher)
    validators = response.validators
    tail = response.body
    if response.status == 200 {
      guard response.framing != .untilClose else { throw FileTrouble.noRanges("it sends all") }
      self.size = tail.count
    } else {
      guard let size = response.contentRange?.size else {
        throw FileTrouble.noRanges("it does not tell the size of the file")
      }
      self.size = size
    }
  }

  /// Reads a part; what is known of it already is not read again.
  func bytes(in range: Range<Int>) async throws -> [UInt8] {
    let start = size - tail.count
    if range.lowerBound >= start {
      return Array(tail[range.lowerBound - start..<range.upperBound - start])
    }
    var request = HTTPRequest(url)
    let missing = range.lowerBound..<min(range.upperBound, start)
    request.range = missing
    let response = try await Self.send(request, missing.count, fetcher)
    guard response.validators == validators, response.status == 206,
      response.contentRange.map({ $0.size == nil || $0.size == size }) ?? false
    else { throw FileTrouble.changed }
    guard range.upperBound > start else { return response.body }
    return response.body + tail[..<(range.upperBound - start)]
  }

  private static func send(
    _ request: HTTPRequest,
    _ count: Int,
    _ fetcher: FileFetcher
  ) async throws -> HTTPResponse {
    var request = request
    request.maximumBytes = max(count, generosity)
    let sent = request
    switch try await fetcher.send({ sent }) {
    case .success(let response): return response
    case .failure(let failure):
      switch failure.kind {
      case .tooLarge: throw FileTrouble.noRanges("it sends all")
      case .broken: throw FileTrouble.noRanges(failure.message)
      // 416 says that there is no such part, as of an empty file.
      case .refused(status: 400), .refused(status: 416), .refused(status: 405):
        throw FileTrouble.noRanges(failure.message)
      case _ where failure.isGone: throw FileTrouble.gone(failure)
      default: throw StageFailure(failure, fetcher.title, sent.url)
      }
    }
  }
}
