import IndexPipeline
import IndexRendering
import IndexTransport

/// A bucket that pages are put into.
struct BucketStore: RemoteStore {
  let title: String
  let context: StageContext
  let concurrency: Int
  let client: BucketClient
  private let prefix: [UInt8]
  let headers: RemoteHeaders
  let fields: RemoteHeaders.OfPages

  init(
    _ access: BucketAccess,
    prefix: String,
    _ headers: RemoteHeaders,
    title: String,
    _ context: StageContext
  ) throws(StageFailure) {
    self.title = title
    self.context = context
    self.prefix = Array(prefix.utf8)
    self.headers = headers
    fields = headers.ofPages
    concurrency = access.web.options.connections
    client = try BucketClient(access, title: title, context)
  }

  func name(of key: [UInt8]) -> String {
    "s3://\(client.bucket)/\(String(decoding: prefix + key, as: UTF8.self))"
  }

  func read(_ key: [UInt8], knowing known: RemoteObject?) async throws -> RemoteObject? {
    var request = HTTPRequest(try url(of: key))
    request.maximumBytes = 1 << 31
    request.validators = known?.validators
    let sent = request
    return try await context.retrying {
      let response = try await client.attempt(sent, about: name(of: key), unless: [403, 404])
      switch response.status {
      case 304: return known
      case 404 where S3Refusal(response.body)?.code.utf8.elementsEqual("NoSuchKey".utf8) ?? false:
        return nil
      case 403, 404: throw try await isRefused(sent, key, response)
      default: return RemoteObject(content: response.body, validators: response.validators)
      }
    }
  }

  /// Says why it is not known whether there is an object.
  private func isRefused(
    _ request: HTTPRequest,
    _ key: [UInt8],
    _ response: HTTPResponse
  ) async throws -> StageFailure {
    let refusal = S3Refusal(response.body)
    let said = refusal?.text(hiding: try await client.secrets()) ?? "status \(response.status)"
    let reason = BucketRefusal(refusal?.code, status: response.status, .get)
    let isDenied = response.status == 403 && reason == .denied
    return StageFailure(
      .unavailable,
      code: reason.code,
      "\(title): \(name(of: key)): \(said)",
      help: isDenied
        ? "the key needs the permissions s3:GetObject and s3:ListBucket: without the latter, the "
          + "service says the same of an object that is not there" : reason.help(response, .get)
    )
  }

  /// The field of a request whose content the service refuses if it has another SHA-256.
  static let checksumField = "x-amz-checksum-sha256"

  func checksum(of content: [UInt8]) throws(StageFailure) -> [HTTPField] {
    let digest: [UInt8]
    do throws(LibraryFailure) {
      digest = try Digest.of(content.span)
    } catch {
      throw StageFailure(.unavailable, code: "missing-library", "\(title): \(error)")
    }
    return HTTPField(Self.checksumField, Base64.text(of: digest)).map { [$0] } ?? []
  }

  func remove(_ keys: [[UInt8]]) async throws -> [RemoteLeftover] {
    let leftovers = Leftovers()
    let batches = stride(from: 0, to: keys.count, by: S3Removal.limit).map {
      keys[$0..<min($0 + S3Removal.limit, keys.count)]
    }
    try await forEach(upTo: batches.count) { number in
      do {
        for leftover in try await remove(batch: batches[number]) { leftovers.add(leftover) }
      } catch let failure as StageFailure {
        for key in batches[number] {
          leftovers.add(RemoteLeftover(key: key, reason: failure.message))
        }
      }
    }
    return leftovers.all
  }

  private func remove(batch keys: ArraySlice<[UInt8]>) async throws -> [RemoteLeftover] {
    var request = HTTPRequest(client.address.url(query: [("delete", [])]), method: .post)
    let body = S3Removal.request(keys.map { prefix + $0 })
    request.body = body
    let digest: [UInt8]
    do throws(LibraryFailure) {
      digest = try Digest.of(body.span, .md5)
    } catch {
      throw StageFailure(.unavailable, code: "missing-library", "\(title): \(error)")
    }
    // Every service knows this field; not all know newer checksums here.
    for field in [
      HTTPField("Content-MD5", Base64.text(of: digest)),
      HTTPField("Content-Type", "application/xml"),
    ] {
      if let field { request.fields.append(field) }
    }
    let response = try await client.send(request, about: "s3://\(client.bucket)")
    do throws(S3Problem) {
      return try S3Removal(response.body).failures.map { failure in
        RemoteLeftover(key: Array(failure.key.dropFirst(prefix.count)), reason: failure.reason)
      }
    } catch {
      let message = "\(title): the answer to a deletion cannot be used: \(error.message)"
      throw StageFailure(.unavailable, code: "broken-answer", message)
    }
  }

  func url(of key: [UInt8]) throws(StageFailure) -> HTTPURL {
    if let url = client.address.url(ofKey: (prefix + key).span) { return url }
    throw StageFailure(
      .data,
      code: "unsafe-path",
      "\(title): \(name(of: key)) is no path of a page"
    )
  }
}
