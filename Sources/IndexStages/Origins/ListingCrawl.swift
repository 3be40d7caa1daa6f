import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// Reads a listing of files, and those of the folders below it.
struct ListingCrawl: Sendable {
  let fetcher: Fetcher
  let reader: PageReader
  let files: ListingFiles
  /// How many folders below the first are read.
  let depth: Int
  /// How many listings are under way at once.
  let width: Int

  private struct Folder: Sendable {
    let url: HTTPURL
    let depth: Int
    var files: [(url: [UInt8], line: [UInt8])] = []
    var folders: [HTTPURL] = []
    var byteCount = 0
  }

  /// Reads all folders.
  ///
  /// - Parameter first: The answer for the first one.
  /// - Returns: The files as lines of JSON, in the order of their URLs.
  func read(_ first: HTTPResponse, into output: inout SourceOutput) async throws -> [UInt8] {
    var found: [(url: [UInt8], line: [UInt8])] = []
    var seen: Set<[UInt8]> = [first.url.bytes]
    var byteCount = 0
    let start = try await folder(first, depth: 0)
    try await withThrowingTaskGroup(of: Folder.self) { group in
      var queue: [(url: HTTPURL, depth: Int)] = []
      var running = 0
      func take(_ folder: Folder) throws {
        found += folder.files
        byteCount += folder.byteCount
        for url in folder.folders where seen.insert(url.bytes).inserted {
          guard folder.depth < depth else { throw tooDeep(url) }
          queue.append((url, folder.depth + 1))
        }
      }
      try take(start)
      while running > 0 || !queue.isEmpty {
        while running < width, let next = queue.popLast() {
          group.addTask { try await read(next.url, depth: next.depth) }
          running += 1
        }
        guard let folder = try await group.next() else { break }
        running -= 1
        try take(folder)
        fetcher.context.advance(seen.count - queue.count - running, of: seen.count)
      }
    }
    output.byteCount += byteCount
    found.sort { $0.url.span.lexicographicallyPrecedes($1.url.span) }
    return found.flatMap(\.line)
  }

  private func read(_ url: HTTPURL, depth: Int) async throws -> Folder {
    let response = try await fetcher.get(url)
    try fetcher.checkHost(of: response)
    return try await folder(response, depth: depth)
  }

  private func folder(_ response: HTTPResponse, depth: Int) async throws -> Folder {
    let entries = try entries(of: response)
    var folder = Folder(url: response.url, depth: depth, byteCount: response.body.count)
    folder.files = files.lines(of: entries, in: response.url)
    for entry in entries {
      guard let url = response.url.resolving(entry.href.span) else { continue }
      if entry.isFolder == true {
        folder.folders.append(url)
      } else if entry.isFolder == nil, !DistributionFilename.isCustomary(entry.name.span),
        let inner = try await self.folder(behind: url)
      {
        folder.folders.append(inner)
      }
    }
    return folder
  }

  /// The URL of the folder that a link without a slash leads to; nil if it is a file.
  ///
  /// Some servers name folders as they name files, and redirect to the slash.
  private func folder(behind url: HTTPURL) async throws -> HTTPURL? {
    let response = try await fetcher.send(HTTPRequest(url, method: .head))
    return response.url.path.last == UInt8(ascii: "/") ? response.url : nil
  }

  private func entries(of response: HTTPResponse) throws(StageFailure) -> [ListingEntry] {
    switch try reader.bodyForm(of: response) {
    case .html:
      return try reader.listing(response).entries
    case .json:
      do throws(JSONError) {
        if let entries = try ListingJSONReader().read(response.body) { return entries }
      } catch {
        throw reader.broken(response, "not a listing: \(error.message)")
      }
    case .other: break
    }
    throw reader.notAnIndex(response, nil)
  }

  private func tooDeep(_ url: HTTPURL) -> StageFailure {
    StageFailure(
      .data,
      code: "too-deep",
      "\(fetcher.title): \(url) is more than \(depth.of("folder")) deep",
      help: "give a greater \"depth\", or the URL of an inner folder"
    )
  }
}
