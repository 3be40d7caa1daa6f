import IndexModel
import IndexPipeline
import IndexTransport

/// What `enrich` makes sure of, and by which means.
struct EnrichOptions: Sendable {
  /// The digests that it can be asked for.
  enum Algorithm: String, CaseIterable {
    case sha256, sha384, sha512
  }

  /// How much of a file may be read.
  enum Way: String, CaseIterable {
    case whole, ranges
  }

  /// What becomes of a project of which not all files get a digest.
  enum Incomplete: String, CaseIterable {
    case fail, none, keep
  }

  /// Where upload times come from.
  enum UploadTime: String, CaseIterable {
    case none
    case lastModified = "last-modified"
  }

  /// What becomes of a file that is gone or broken.
  enum BadFiles: String, CaseIterable {
    case fail, skip
  }

  let hashes: [HashAlgorithm]
  let takesSize: Bool
  let takesMetadata: Bool
  let takesDescriptions: Bool
  let uploadTime: UploadTime
  let way: Way
  let incomplete: Incomplete
  let badFiles: BadFiles
  let maximumSize: Int
  let baseURL: HTTPURL?

  init(from settings: inout Settings) {
    let algorithms = settings.choices(
      "hashes",
      "The digests that each file gets which has none of the kind; `[]` for none. Only the whole "
        + "file tells them. Each digest that a record has already is checked by the way, and one "
        + "that does not fit fails the run.",
      default: [Algorithm.sha256]
    )
    hashes = HashAlgorithm.allCases.filter { known in
      algorithms.contains { $0.rawValue.utf8.elementsEqual("\(known.name)".utf8) }
    }
    takesSize = settings.boolean("size", "Whether missing sizes are filled in.", default: true)
    takesMetadata = settings.boolean(
      "metadata",
      "Whether missing metadata is filled in: `requires_python`, `requires_dist`, `license`, "
        + "`summary`, `project_urls`, and for wheels `core_metadata`, if `.metadata` is really served beside the "
        + "file; one that was claimed but is not there, or is another, is claimed no more.",
      default: true
    )
    takesDescriptions = settings.boolean(
      "descriptions",
      "Whether missing descriptions are filled in, which pages show: of each project, in the "
        + "records of its newest final release and of its newest release, yanked files aside. It "
        + "costs requests where nothing else is missing.",
      default: false
    )
    uploadTime = settings.choice(
      "upload_time",
      "What is taken for a missing upload time: nothing, or the time of the last change that the "
        + "server tells.",
      default: .none
    )
    way = settings.choice(
      "files",
      "How much may be read where `.metadata` is not served: with `ranges` only the directory and "
        + "the metadata of wheels and other zip archives, so that no digest is computed; with "
        + "`whole` all of a file where a digest is missing or the server knows no ranges.",
      default: .whole
    )
    incomplete = settings.choice(
      "incomplete",
      "What happens to a project of which not all files get a digest that `hashes` names, because "
        + "of `files` or `max_file_size`: the run fails, `none` of its files has that digest, or "
        + "they `keep` what they have.",
      default: .fail
    )
    badFiles = settings.choice(
      "on_error",
      "What happens to a file that is not there (status 404 or 410), or is no such archive as its "
        + "name says: the run fails, or the file is left out with a reason. Nothing else that goes "
        + "wrong leaves a file out.",
      default: .fail
    )
    maximumSize = settings.size(
      "max_file_size",
      "The most bytes that are read of one file.",
      default: "16GiB"
    )
    baseURL = Self.baseURL(in: &settings)
  }

  private static func baseURL(in settings: inout Settings) -> HTTPURL? {
    let name = "base_url"
    let doc =
      "Where relative URLs start, and where files are whose records have no URL. Without it such a "
      + "file fails the run if something of it is missing."
    let text = settings.string(name, doc, example: "https://files.example/pool/")
    guard let text else { return nil }
    do throws(HTTPURLProblem) {
      let url = try HTTPURL(text)
      if url.login == nil, url.query == nil, url.path.last == UInt8(ascii: "/") { return url }
      settings.refuse(
        "wrong-value",
        "\"\(name)\" must be the URL of a folder: it ends in \"/\", and has no login and no query",
        field: name
      )
    } catch {
      settings.refuse("wrong-value", "\"\(name)\": \(error)", field: name)
    }
    return nil
  }
}
