public import IndexPipeline
import IndexTransport

/// Publishes an index into a bucket: of Amazon's S3, and of all services that speak as it does.
///
/// A bucket switches nothing in one step: while a publication is under way readers may find pages of
/// both indexes, but each page whole, and never a link to a page that is not there. Two runs cannot
/// publish to one place where the service knows conditional requests.
public struct S3Sink: Sink {
  /// The type `s3`.
  public static let info = StageInfo(
    type: "s3",
    summary: "Publishes the index into a bucket: of S3, and of services that speak as it does.",
    example: #"{ "type": "s3", "bucket": "acme-index", "region": "eu-west-1" }"#,
    synonyms: ["bucket", "aws", "minio", "r2", "gcs", "ceph", "object-store"]
  )

  let access: BucketAccess
  let prefix: String
  let keys: RemoteKeys
  let remote: RemoteFields
  let headers: RemoteHeaders
  let title: String
  private let memory = RemoteMemory()

  /// Reads the fields of buckets.
  public init(from settings: inout Settings) {
    access = BucketAccess(from: &settings, connections: 32)
    prefix = settings.string(
      "prefix",
      "What all keys begin with; a folder ends in `/`.",
      default: "",
      example: "python/"
    )
    if prefix.utf8.first == UInt8(ascii: "/") || S3Address.hasDotSegments(Array(prefix.utf8).span) {
      settings.refuse(
        "wrong-value",
        "\"prefix\" must not begin with a slash, nor have \".\" or \"..\" as a part",
        field: "prefix"
      )
    }
    keys = settings.remoteKeys(knowsJSON: true)
    remote = RemoteFields(from: &settings)
    var headers = remote.headers
    for (name, header, doc, example) in [
      ("acl", "x-amz-acl", "The access that others have to the pages (canned ACL).", "public-read"),
      ("storage_class", "x-amz-storage-class", "The storage class of the pages.", "STANDARD_IA"),
    ] {
      guard let text = settings.string(name, doc, example: example) else { continue }
      let isWord = text.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || "-_".utf8.contains($0) }
      if isWord, !text.utf8.isEmpty, let field = HTTPField(header, text) {
        headers.fields.append(field)
      } else {
        settings.refuse("wrong-value", "\"\(name)\" must be one word", field: name)
      }
    }
    self.headers = headers
    title = settings.title
  }

  /// The keys below the prefix.
  public var claims: [Claim] {
    access.bucket.utf8.isEmpty
      ? [] : [Claim(.writes, "s3://\(access.bucket)/\(prefix)", field: "bucket")]
  }

  /// Whether distributions are sent too.
  public var publishesFiles: Bool { remote.publishesFiles }

  /// Pages that did not change are not sent.
  public var sendsChangesOnly: Bool { true }

  /// Remembers the run.
  public func open(_ context: StageContext) { memory.open(context) }

  /// Closes connections.
  public func close(isSuccess: Bool) async { memory.close() }

  /// Reads what the bucket says that it holds.
  ///
  /// - Throws: `StageFailure` if the service does not answer, or refuses.
  public func preflight() async throws { _ = try await inventory() }

  /// Reads the manifest in the bucket; without one, it holds nothing of Larder's.
  ///
  /// - Throws: `StageFailure` if that is not certain.
  public func inventory() async throws -> Inventory { try await memory.inventory(store) }

  /// Asks for each file.
  ///
  /// - Throws: `StageFailure` if one has other bytes, or if that is not certain.
  public func missing(of files: [OutgoingFile]) async throws -> [OutgoingFile] {
    try await memory.missing(of: files, store)
  }

  /// Locks the place.
  ///
  /// - Throws: `StageFailure` if the service refuses, or if another run publishes there.
  public func begin(_ publication: Publication) async throws -> any SinkSession {
    try await memory.begin(
      publication,
      keys,
      lease: remote.lease,
      RemoteRemoval(isMeant: remote.stale == .delete, files: publication.removedFiles),
      store
    )
  }

  private func store(_ context: StageContext) throws(StageFailure) -> any RemoteStore {
    try BucketStore(access, prefix: prefix, headers, title: title, context)
  }
}
