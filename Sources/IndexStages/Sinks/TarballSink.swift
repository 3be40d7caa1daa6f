import IndexModel
public import IndexPipeline
import IndexRendering
import IndexTransport

/// Publishes an index as one archive, which is the same, byte for byte, whenever and wherever it is
/// made of the same input.
///
/// Pages are gathered; then the archive is written beside the present one, and takes its place in
/// one step. If it would be the same, nothing is written. A publication that is killed leaves the
/// old archive, and at most a `.NAME.larder-next` that the next one removes.
///
/// The archive holds files only, in the order of the bytes of their paths: programs that unpack it
/// make the folders.
public struct TarballSink: Sink {
  /// The type `tarball`.
  public static let info = StageInfo(
    type: "tarball",
    summary: "Publishes the index as one archive, the same bytes for the same input.",
    example: #"{ "type": "tarball", "path": "dist/index.tar.zst" }"#,
    synonyms: ["tar", "archive", "zip"]
  )

  let options: ArchiveOptions
  private let base = DeltaBaseMemory()

  /// Creates a sink.
  ///
  /// - Parameters:
  ///   - path: The archive; a relative path starts at the working folder.
  ///   - durable: Whether to wait until everything is on the device.
  /// - Returns: nil if the name does not tell the format.
  public init?(path: String, durable: Bool = true) {
    guard let format = ArchiveFormat(of: path) else { return nil }
    options = ArchiveOptions(
      path: path,
      format: format,
      level: format.defaultLevel,
      time: nil,
      prefix: "",
      memory: 256 << 20,
      isDurable: durable
    )
  }

  /// Reads the fields.
  public init(from settings: inout Settings) {
    let path = settings.requiredPath(
      "path",
      "The archive. Its name tells the format: `.tar`, `.tar.gz`, `.tgz`, `.tar.zst`, `.tar.xz`, "
        + "`.zip`.",
      example: "dist/index.tar.zst"
    )
    let format = settings.archiveFormat(of: path)
    options = ArchiveOptions(
      path: path,
      format: format,
      level: settings.archiveLevel(of: format),
      time: settings.archiveTime(),
      prefix: settings.archivePrefix(),
      memory: settings.size(
        "memory",
        "How much of the pages waits in memory until all are there; the rest waits in a file in "
          + "`TMPDIR`.",
        default: "256MiB"
      ),
      isDurable: settings.boolean(
        "durable",
        "Whether a publication that succeeded survives a power cut.",
        default: true
      ),
      since: settings.archiveBase(besides: path)
    )
  }

  /// The archive, and the one that it is the difference to.
  public var claims: [Claim] {
    let base = options.since.map { Claim(.reads, $0, field: "since") }
    return [Claim(.writes, options.path, field: "path")] + (base.map { [$0] } ?? [])
  }

  /// Whether it holds only what an earlier one does not have.
  public var sendsChangesOnly: Bool { options.since != nil }

  /// Forgets what it was the difference to.
  public func open(_ context: StageContext) { base.forget() }

  /// All of it is compressed anew anyway, which is less work than to read what stays as well.
  public var takesAllPages: Bool { true }

  /// Reads what the archive says that it holds, or all its pages; what the earlier one holds, if it
  /// is the difference to one.
  ///
  /// - Throws: `StageFailure` when there is one that cannot be read.
  public func inventory() async throws -> Inventory {
    guard let since = options.since else { return try ArchiveInventory(options).read() }
    // What is no archive of an index is not replaced by one.
    try ArchiveInventory(options).forEachPage(where: { _ in false }) { _, _ in true }
    return try base.read(since).inventory(of: since)
  }

  /// Locks the place, and removes what a killed publication left.
  ///
  /// - Throws: `StageFailure` when the place cannot be written, or someone else publishes to it.
  public func begin(_ publication: Publication) async throws -> any SinkSession {
    try start(publication)
  }

  private func start(_ publication: Publication) throws(StageFailure) -> TarballSession {
    let base: DeltaBase? = if let since = options.since { try base.read(since) } else { nil }
    let location = try OutputLocation.resolve(options.path)
    let lock = try location.lockForPublishing()
    let present: FileStatus?
    do {
      present = try location.present()
      let next = location.next
      if present == nil || present?.kind == .file { try location.parent.removeTree(next.span) }
    } catch {
      throw StageFailure(publishingTo: location.path, error, as: "archive")
    }
    if let present, present.kind != .file { throw StageFailure.notAFile(location.path) }
    let delta = base.map { DeltaDraft(since: $0.digest) }
    return TarballSession(options, at: location, lock, publication.unwritten, delta)
  }
}
