import IndexPipeline
import IndexTransport

// Distributions beside the pages.
extension WebStore {
  func presence(of file: OutgoingFile) async throws -> FilePresence {
    let head = HTTPRequest(try url(of: file.path), method: .head)
    let response = try await context.retrying { try await send(head, unless: [404, 410]) }
    if response.status != 200 { return .absent }
    if file.content.hasOtherSize(than: response) { return .other }
    let request = HTTPRequest(head.url)
    let digest = try await context.retrying {
      let content = try WholeContent(title)
      _ = try await send(content.asked(for: request))
      return try content.digest()
    }
    return file.content.presence(withDigest: digest)
  }

  func send(_ file: OutgoingFile) async throws {
    let source = try await LocalFile.open(file)
    var request = HTTPRequest(try url(of: file.path), method: .put)
    try source.attach(to: &request)
    request.fields = headers.fileFields
    _ = try await put(request, at: file.path)
    // The server cannot know what it should have got.
    try await LocalFile.open(file).check()
  }
}
