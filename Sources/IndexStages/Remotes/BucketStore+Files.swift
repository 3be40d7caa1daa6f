import IndexPipeline
import IndexTransport

// Distributions beside the pages.
extension BucketStore {
  func presence(of file: OutgoingFile) async throws -> FilePresence {
    let place = name(of: file.path)
    try checkSize(of: file)
    var head = HTTPRequest(try url(of: file.path), method: .head)
    if let field = HTTPField("x-amz-checksum-mode", "ENABLED") { head.fields.append(field) }
    let asked = head
    let response = try await context.retrying {
      try await client.attempt(asked, about: place, unless: [404])
    }
    if response.status == 404 { return .absent }
    if file.content.hasOtherSize(than: response) { return .other }
    // One of a file that was sent in parts is none of its bytes, and has other digits.
    if let kept = response.field(Self.checksumField).flatMap({ Base64.bytes(of: $0) }) {
      return file.content.presence(withDigest: kept)
    }
    let request = HTTPRequest(head.url)
    let digest = try await context.retrying {
      let content = try WholeContent(title)
      _ = try await client.attempt(content.asked(for: request), about: place)
      return try content.digest()
    }
    return file.content.presence(withDigest: digest)
  }

  func send(_ file: OutgoingFile) async throws {
    let source = try await LocalFile.open(file)
    var request = HTTPRequest(try url(of: file.path), method: .put)
    try source.attach(to: &request)
    request.fields = headers.fileFields
    let digest = file.content.sha256.hexadecimalBytes ?? []
    if let field = HTTPField(Self.checksumField, Base64.text(of: digest)) {
      request.fields.append(field)
    }
    _ = try await client.attempt(request, about: name(of: file.path))
  }

  /// Refuses what no service takes in one request.
  private func checkSize(of file: OutgoingFile) throws(StageFailure) {
    let limit = 5 << 30
    guard let size = file.content.size, size > limit else { return }
    throw StageFailure(
      .config,
      code: "object-too-large",
      "\(title): \(name(of: file.path)) has \(size) bytes; a service takes 5 GiB (\(limit)) at once",
      help: "upload it by other means, and leave it out of the folder that is published"
    )
  }
}
