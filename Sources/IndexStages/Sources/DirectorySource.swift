public import IndexPipeline
import IndexTransport
import StrictJSON

/// Reads a folder of distributions: what is in it, and what is in them.
public struct DirectorySource: Source {
  /// What the upload time of a file is taken from.
  public enum UploadTime: String, CaseIterable, Sendable {
    /// The time of its last change.
    case mtime
    /// Nothing.
    case none
  }

  /// The type `directory`.
  public static let info = StageInfo(
    type: "directory",
    summary: "Reads a folder of wheels and source archives, with the metadata in them.",
    example: #"{ "type": "directory", "path": "wheels" }"#,
    synonyms: ["folder", "dir", "wheels", "wheelhouse", "pool"]
  )

  /// The path of the folder.
  public let path: String
  let isRecursive: Bool
  let exclusions: [Glob]
  let url: FolderURL?
  let takesDigest: Bool
  let takesMetadata: Bool
  let takesDescriptions: Bool
  let takesTime: Bool
  let publishesMetadata: Bool
  let badFiles: OnBadLine
  let keepsFacts: Bool
  let title: String
  let pipelineFolder: String
  private let memory = FolderMemory()

  /// Reads the fields.
  public init(from settings: inout Settings) {
    path = settings.requiredPath("path", "The folder.", example: "wheels")
    isRecursive = settings.boolean(
      "recursive",
      "Whether folders in the folder are read too.",
      default: true
    )
    exclusions = settings.exclusions()
    url = settings.folderURL()
    takesDigest = settings.boolean(
      "hash",
      "Whether records say the SHA-256 of the files.",
      default: true
    )
    takesMetadata = settings.boolean(
      "metadata",
      "Whether records say what the metadata in the files says: the versions of Python, the "
        + "requirements, the license, the summary, the links of the project; and whether it is "
        + "served beside them.",
      default: true
    )
    let describes = settings.descriptions()
    takesDescriptions = describes && takesMetadata
    let time = settings.choice(
      "upload_time",
      "What the upload time of a file is taken from: the time of its last change, or nothing.",
      default: UploadTime.mtime
    )
    takesTime = time == .mtime
    let publishes = settings.boolean(
      "publish_metadata",
      "Whether the metadata of each wheel is written beside it as `<filename>.metadata`, where that "
        + "is missing.",
      default: false
    )
    publishesMetadata = publishes && takesMetadata
    badFiles = settings.choice(
      "on_error",
      "Whether a broken distribution fails the run, or is left out and counted.",
      default: OnBadLine.fail
    )
    keepsFacts = settings.boolean(
      "cache",
      "Whether what was read of a file is kept, so that the next run need not read it again.",
      default: true
    )
    title = settings.title
    pipelineFolder = settings.folder
    if describes && !takesMetadata && settings.isGiven("descriptions") {
      settings.refuse(
        "wrong-value",
        "\"descriptions\" needs \"metadata\"",
        field: "descriptions"
      )
    }
    if publishes && !takesMetadata {
      settings.refuse(
        "wrong-value",
        "\"publish_metadata\" needs \"metadata\"",
        field: "publish_metadata"
      )
    }
  }

  /// The folder.
  public var claims: [Claim] {
    [Claim(.reads, path, field: "path")]
      + (publishesMetadata ? [Claim(.writes, path, field: "path")] : [])
  }

  /// The path of the folder.
  public var place: String { path }

  /// Looks whether the folder can be read.
  public func preflight() async throws { _ = try open() }

  /// Remembers the run.
  public func open(_ context: StageContext) { memory.open(context) }

  /// Reads all files.
  ///
  /// - Throws: `StageFailure`: `unavailable` if anything cannot be read, `data` at a broken
  ///   distribution or two of one name, `transient` if a file is being written.
  public func read(into output: inout SourceOutput) async throws {
    var task = FolderTask(self, try open(), memory.context)
    try await task.run(into: &output)
  }

  private func open() throws(StageFailure) -> Directory {
    do throws(IOFailure) {
      guard path.isPath else { throw IOFailure(call: "openat", path: "", code: .missing) }
      return try Directory.open([UInt8](path: path).span)
    } catch {
      throw failure(unreadable: "", error.code)
    }
  }
}

extension Settings {
  /// Reads whether records have descriptions.
  fileprivate mutating func descriptions() -> Bool {
    boolean(
      "descriptions",
      "Whether records say the long descriptions that pages show: those in the files of each "
        + "project's newest final release and of its newest release. They need `metadata`.",
      default: true
    )
  }

  /// Reads which files are left out.
  fileprivate mutating func exclusions() -> [Glob] {
    let patterns = strings(
      "exclude",
      "Patterns of paths from the folder on that are left out; `*` stands for any bytes, slashes "
        + "too. A folder that matches is left out with all that is in it.",
      example: ["public/**", "*-dev.tar.gz"]
    )
    return patterns.compactMap { pattern in
      do throws(Glob.Problem) {
        return try Glob(Array(pattern.utf8).span)
      } catch {
        refuse("wrong-pattern", "\"\(pattern)\": \(error.rawValue)", field: "exclude")
        return nil
      }
    }
  }

  /// Reads where the files are for installers.
  fileprivate mutating func folderURL() -> FolderURL? {
    let text = string(
      "file_url",
      "Where the files are: a URL, absolute or relative to `simple/<project>/`, that ends in "
        + "`{relative_path}` or `{filename}`; without it, `packages_url` of `render` says where.",
      example: "../../pool/{relative_path}"
    )
    guard let text else { return nil }
    do throws(FolderURL.Problem) {
      return try FolderURL(text)
    } catch {
      refuse("wrong-value", "\"file_url\": \(error.message)", field: "file_url")
      return nil
    }
  }
}
