import IndexModel
public import IndexPipeline
import IndexTransport
import StrictJSON

/// Reads the distributions of a bucket: Amazon's S3, and all services that speak as it does.
public struct S3Source: Source {
  enum UploadTime: String, CaseIterable {
    case lastModified = "last-modified"
    case none
  }

  /// Objects.
  public static var countedThings: String { "objects listed" }

  /// The type `s3`.
  public static let info = StageInfo(
    type: "s3",
    summary: "Reads the distributions of a bucket: of S3, and of services that speak as it does.",
    example:
      #"{ "type": "s3", "bucket": "acme-wheels", "prefix": "pool/", "region": "eu-west-1" }"#,
    synonyms: ["bucket", "aws", "minio", "r2", "gcs", "ceph", "object-store"]
  )

  let access: BucketAccess
  let prefix: String
  let exclusion: ObjectExclusion
  let pageSize: Int
  let fileURL: KeyTemplate?
  let uploadTime: UploadTime
  let questions: ObjectQuestions
  let badLines: BadLinePolicy
  let title: String
  let folder: String
  let bucketPlace: Place

  /// Reads the fields of buckets.
  public init(from settings: inout Settings) {
    access = BucketAccess(from: &settings)
    bucketPlace = settings.place(of: "bucket")
    prefix = settings.string(
      "prefix",
      "What the keys begin with that are read; a folder ends in `/`.",
      default: "",
      example: "pool/"
    )
    let globs = settings.exclusions(
      "Patterns of keys behind the prefix, or of their folders, that are left out.",
      example: ["simple/**", "*.egg"]
    )
    exclusion = ObjectExclusion(globs: globs, prefix: prefix)
    fileURL = settings.keyTemplate(
      "file_url",
      "Where the files are served: a URL that ends in `{key}` or `{filename}`; the URLs of the "
        + "objects if it is not given.",
      example: "https://files.example/{key}"
    )
    uploadTime = settings.choice(
      "upload_time",
      "Whether the last change of an object is the time of its upload.",
      default: .lastModified
    )
    questions = ObjectQuestions(from: &settings)
    pageSize = settings.integer(
      "page_size",
      "How many keys a page of the listing has at most.",
      in: 1...1000,
      default: 1000
    )
    badLines = settings.badLines()
    title = settings.title
    folder = settings.folder
  }

  /// The keys below the prefix.
  public var claims: [Claim] { [Claim(.reads, place, field: "bucket")] }

  /// Such as `s3://acme-wheels/pool/`; empty while the bucket is not known.
  public var place: String { access.bucket.utf8.isEmpty ? "" : "s3://\(access.bucket)/\(prefix)" }

  /// Asks for one key of the listing.
  ///
  /// - Throws: `StageFailure` if the service does not answer, or refuses.
  public func preflight() async throws {
    let context = StageContext(.source, id: "preflight")
    let client = try BucketClient(access, title: title, context)
    try await BucketListing(client: client, prefix: prefix, pageSize: 1).probe()
  }

  /// Reads all distributions.
  ///
  /// - Throws: `StageFailure`: `config` if the region or a key to sign with is not known,
  ///   `unavailable` if the service refuses, `data` if the listing is not certain to be whole or
  ///   holds what must not be published.
  public func read(into output: inout SourceOutput) async throws {
    do {
      let client = try BucketClient(access, title: title, output.context)
      try await BucketVisit(source: self, client: client).read(into: &output)
    } catch var failure as StageFailure {
      if failure.excerpt == nil {
        failure.diagnostic.remarks.append(Remark("at", "\(bucketPlace)"))
      }
      throw failure
    }
  }
}
