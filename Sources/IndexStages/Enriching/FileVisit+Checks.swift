import IndexModel
import IndexPipeline
import IndexTransport

// What is asked and checked whatever way the file is read.
extension FileVisit {
  /// Finds out the size and what tells whether the file changes, without reading it.
  func readSize(into facts: inout RemoteFacts) async throws {
    if let response = try await head(nil), let size = Self.size(of: response) {
      facts.size = size
      facts.validators = response.validators
    } else {
      let ranged = try await RangedFile(file.url, size: nil, fetcher)
      facts.size = ranged.size
      facts.validators = ranged.validators
    }
  }

  /// Asks for the fields alone; nil if the server does not answer that.
  func head(_ validators: HTTPValidators?) async throws -> HTTPResponse? {
    var request = HTTPRequest(file.url, method: .head)
    request.validators = validators
    let sent = request
    switch try await fetcher.send({ sent }) {
    case .success(let response): return response
    case .failure(let failure):
      if failure.isGone { throw FileTrouble.gone(failure) }
      if case .refused = failure.kind { return nil }
      throw StageFailure(failure, fetcher.title, file.url)
    }
  }

  /// The size that an answer to HEAD tells.
  static func size(of response: HTTPResponse) -> Int? {
    response.field("content-length").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Refuses a file that is not the one that its record means.
  func check(_ facts: RemoteFacts) throws(StageFailure) {
    if let size = facts.size, let claimed = file.claimedSize, size != claimed {
      throw failure(
        .data,
        code: "wrong-size",
        "it has \(size.grouped) bytes, and its record says \(claimed.grouped)"
      )
    }
    for algorithm in HashAlgorithm.allCases {
      guard let claimed = file.claims[algorithm], let found = facts.digests[algorithm],
        claimed != found
      else { continue }
      throw failure(
        .data,
        code: "wrong-hash",
        "its \(algorithm.name) is \(found), and its record says \(claimed)",
        help: "a file name stands for the same bytes forever: find out which of the two is right"
      )
    }
  }

  func failure(
    _ kind: StageFailure.Kind,
    code: String,
    _ reason: String,
    help: String? = nil
  ) -> StageFailure {
    StageFailure(kind, code: code, "\(fetcher.title): \(file.url): \(reason)", help: help)
  }
}
