public import IndexPipeline
public import IndexRendering
import IndexTransport

/// Publishes an index into a folder that a web server serves, in one step.
///
/// A publication makes a whole new generation of the index beside the output folder and swaps the
/// two with one system call (`RENAME_EXCHANGE`): a reader sees the old index or the new one. The
/// old one stays beside it as `.NAME.larder-previous` until the next publication. A publication
/// that is killed leaves the old index, and a `.NAME.larder-next` that the next one removes.
///
/// Files in the output folder that Larder does not make stay there. They are hard-linked into the
/// new generation, or copied where that is impossible; folders keep permissions, owner and time,
/// but not extended attributes.
///
/// In the mode `files`, pages are replaced one by one instead, in an order in which no page links to
/// one that is not there. Readers may find pages of both indexes meanwhile, and a publication that
/// fails leaves some of both, which the next one mends. In the mode `auto` this is done where the
/// folder cannot be replaced, and is said in a warning.
public struct FilesystemSink: Sink {
  /// The type `filesystem`.
  public static let info = StageInfo(
    type: "filesystem",
    summary: "Publishes the index into a folder that a web server serves, in one step.",
    example: #"{ "type": "filesystem", "path": "public" }"#,
    synonyms: ["fs", "dir", "folder", "directory"]
  )

  /// How a new index takes the place of the old one.
  public enum Mode: String, CaseIterable, Sendable {
    /// As a whole where that is possible.
    case auto
    /// As a whole, in one step.
    case generation
    /// Page by page.
    case files
  }

  /// The output folder; a symbolic link at its end is followed.
  public let path: String
  /// Whether a publication that succeeded survives a power cut.
  public let durable: Bool
  /// What becomes of pages that are not part of the index any more.
  public let stale: StalePages
  /// How a new index takes the place of the old one.
  public let mode: Mode
  /// Whether distributions are copied into the folder, beside the pages.
  public let publishesFiles: Bool
  /// In which codings a compressed copy of each page lies beside it.
  public let codings: [ContentCoding]
  /// Who may read what is made.
  public let permissions: PagePermissions
  let seen = SeenFolder()

  /// Creates a sink.
  ///
  /// - Parameters:
  ///   - path: The output folder; a relative path starts at the working folder.
  ///   - durable: Whether to wait until everything is on the device.
  ///   - stale: What becomes of pages that are not part of the index any more.
  ///   - mode: How a new index takes the place of the old one.
  ///   - publishesFiles: Whether distributions are copied into the folder, beside the pages.
  ///   - codings: In which codings a compressed copy of each page lies beside it.
  ///   - permissions: Who may read what is made.
  public init(
    path: String,
    durable: Bool = true,
    stale: StalePages = .delete,
    mode: Mode = .auto,
    publishesFiles: Bool = false,
    codings: [ContentCoding] = [],
    permissions: PagePermissions = .readable
  ) {
    self.path = path
    self.durable = durable
    self.stale = stale
    self.mode = mode
    self.publishesFiles = publishesFiles
    self.codings = codings
    self.permissions = permissions
  }

  /// Reads `path`, `durable`, `stale`, `mode`, `publish_files`, `precompress` and `permissions`.
  public init(from settings: inout Settings) {
    path = settings.requiredPath("path", "The output folder.", example: "public")
    durable = settings.boolean(
      "durable",
      "Whether a publication that succeeded survives a power cut.",
      default: true
    )
    stale = settings.choice(
      "stale",
      "What becomes of the pages of projects and releases that are gone: `keep` leaves them there, "
        + "without a link to them.",
      default: .delete
    )
    mode = settings.choice(
      "mode",
      "How a new index takes the place of the old one: `generation` as a whole, in one step; `files` "
        + "page by page, for a folder that cannot be replaced, such as a mount point, or for small "
        + "changes of a large index; `auto` as a whole, but page by page and with a warning where a "
        + "filesystem is mounted, or the folder around is another user's.",
      default: .auto
    )
    publishesFiles = settings.publishesFiles()
    codings = settings.codings()
    permissions = settings.choice(
      "permissions",
      "Who may read what is made: `readable` is 644 for files and 755 for folders, so that a web server "
        + "can send them; `umask` is what the umask lets. The output folder keeps its own.",
      default: .readable
    )
  }

  /// Whether pages are replaced one by one.
  public var sendsChangesOnly: Bool { mode == .files || obstacle != nil }

  /// Why pages are replaced one by one though nobody asked for it; nil if they are not.
  var obstacle: SwitchObstacle? { mode == .auto ? seen.obstacle(at: path) : nil }

  /// The output folder.
  public var claims: [Claim] { [Claim(.writes, path, field: "path")] }

  /// Reads the manifest in the output folder, or the pages if there is none.
  ///
  /// - Throws: `StageFailure` when one of them cannot be read.
  public func inventory() async throws -> Inventory {
    do {
      try seen.note(at: path)
      let intent = try readPage(PublicationIntent.page)
      let manifest = try readManifest()
      if intent == nil, let manifest, manifest.codings == codings {
        return Inventory(manifest) { try readPage("larder/records.jsonl") ?? [] }
      }
      // Where pages were being replaced, they are not as the manifest says; and where other copies are
      // asked for than it tells of, pages without theirs are not as they are to be.
      let left = intent.map { PublicationIntent(reading: $0) }
      let found = PageCopies.Found(codings: (manifest?.codings ?? []) + (left?.codings ?? []))
      let copies = PageCopies(made: codings, over: found)
      var inventory = try await PageInventory.read(copies) { [path] in try Self.open(path) }
      if let manifest { inventory.add(filesOf: manifest) }
      if let left { inventory.add(leftovers: left.leftovers) }
      return inventory
    } catch let failure as IOFailure where failure.code == .missing {
      // What was listed a moment ago is gone.
      throw StageFailure(overtakenAt: path)
    } catch let failure as IOFailure {
      throw StageFailure(publishingTo: path, failure)
    }
  }

  private func readManifest() throws -> Manifest? {
    guard let page = try readPage(Manifest.path) else { return nil }
    do throws(Manifest.Problem) {
      return try Manifest(page)
    } catch {
      throw StageFailure(unreadableManifestOf: path, error)
    }
  }

  /// The output folder; nil if there is none.
  static func open(_ path: String) throws(IOFailure) -> Directory? {
    do throws(IOFailure) {
      return try Directory.open([UInt8](path: path).span)
    } catch  where error.code == .missing {
      return nil
    }
  }

  /// The bytes of a page in the output folder; nil if there is none.
  private func readPage(_ page: String) throws(IOFailure) -> [UInt8]? {
    do throws(IOFailure) {
      let file = try InputFile.open("\(path)/\(page)")
      return try file.rest()
    } catch  where error.code == .missing || error.code == .notFolder {
      return nil
    }
  }

  /// Locks the place, removes what killed publications left, and makes an empty generation.
  ///
  /// - Throws: `StageFailure` when the place cannot be written or switched, or someone else
  ///   publishes to it.
  public func begin(_ publication: Publication) async throws -> any SinkSession {
    sendsChangesOnly ? try await startFiles(publication) : try start(publication)
  }

  private func start(_ publication: Publication) throws(StageFailure) -> FilesystemSession {
    let location = try OutputLocation.resolve(path, making: permissions.made)
    let lock = try location.lockForPublishing()
    try seen.check(at: path)
    let present = try location.checkedPresent()
    let compressors = try makeCompressors()
    let generation = try location.makeGeneration(replacing: present)
    let pageTime = try location.pageTime(in: generation)
    let copies = try copies(in: location)
    return FilesystemSession(
      location: location,
      lock: lock,
      generation: generation,
      replaced: present,
      unwritten: stale == .keep ? .kept(except: [[]]) : publication.unwritten,
      removedFiles: stale == .keep ? [] : publication.removedFiles,
      durable: durable,
      pageTime: pageTime,
      copies: copies,
      compressors: compressors
    )
  }
}
