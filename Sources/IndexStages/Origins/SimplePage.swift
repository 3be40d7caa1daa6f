import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// What a page of the simple API says, whichever form it has; its readers fill it.
final class SimplePage {
  /// The project whose page it is, normalized; empty if nobody knows.
  let project: [UInt8]
  /// The projects of a root page.
  private(set) var projects: [ProjectLink] = []
  /// The names of a root page that no project can have.
  private(set) var badNames: [[UInt8]] = []
  /// The files of a project's page, as lines of JSON.
  private(set) var lines: ByteBuffer
  /// The same as records.
  private(set) var parsed = ParsedBlock()
  /// How many files there are.
  private(set) var fileCount = 0
  /// The files that must not be listed, by name, and why.
  private(set) var refused: [(name: [UInt8], problem: RecordProblem)] = []
  /// The state of the project, if the page tells one.
  var status: ProjectStatus?
  /// The number of the last change, as some indexes count them.
  var serial: Int?
  /// The version of the API, empty if the page tells none.
  var apiVersion: [UInt8] = []
  /// Whether it says by itself that it is a root page.
  var isRoot = false
  /// Whether it says by itself that it is the page of a project.
  var isProject = false
  private var name: [UInt8] = []
  private var decoder = RecordDecoder()

  /// - Parameters:
  ///   - project: The project whose page it is, normalized; empty if nobody knows.
  ///   - byteCount: How long the page is.
  init(of project: [UInt8], byteCount: Int = 0) {
    self.project = project
    lines = ByteBuffer(minimumCapacity: byteCount)
    parsed.batch.reserve(byteCount: byteCount)
  }

  /// Whether the page speaks a version of the API that this cannot know.
  ///
  /// Source: PEP 629.
  var isTooNew: Bool {
    let major = apiVersion.prefix { $0 != UInt8(ascii: ".") }
    return !apiVersion.isEmpty && !major.elementsEqual("1".utf8)
  }

  /// Adds a file.
  ///
  /// - Parameter base: The page; what it says over https must not be fetched without.
  func add(_ file: borrowing RecordDraft, on base: HTTPURL) {
    fileCount += 1
    // A name that is none is refused as a record, with its reason.
    let parsedName = try? DistributionFilename(file.filename.span)
    if let parsedName, isStray(parsedName, file.filename.span) {
      // It would be listed under the other project, whoever wrote this page.
      let owner = String(decoding: project, as: UTF8.self)
      let message = "a page of \"\(owner)\" lists a file of another project"
      refused.append((file.filename, RecordProblem(code: "foreign-file", message)))
    } else if base.isSecure, file.url.span.startsIgnoringCase(with: "http://", at: 0) {
      let message = "a page at https:// gives the file an address at http://"
      refused.append((file.filename, RecordProblem(code: "insecure-url", message)))
    } else {
      let start = lines.count
      file.append(to: &lines)
      parsed.lineCount += 1
      if !isRecord(file, parsedName) {
        // Its line shows what is wrong, and where.
        let line = Array(lines.span.extracting(start..<(lines.count - 1)))
        BlockParser.ofPages.parse(line: line.span, into: &parsed)
      }
    }
  }

  private func isRecord(_ file: borrowing RecordDraft, _ name: DistributionFilename?) -> Bool {
    guard let name else { return false }
    do throws(RecordProblem) {
      try decoder.decode(file, named: name, number: parsed.lineCount, into: &parsed.batch)
      return true
    } catch {
      return false
    }
  }

  private func isStray(
    _ parsed: DistributionFilename,
    _ filename: borrowing Span<UInt8>
  ) -> Bool {
    if project.isEmpty { return false }
    name.removeAll(keepingCapacity: true)
    ProjectName.appendNormalized(filename.extracting(parsed.name), to: &name)
    return name != project
  }

  /// Adds a project.
  ///
  /// - Parameters:
  ///   - name: As the page writes it.
  ///   - url: The URL of its page, absolute.
  func add(project name: [UInt8], at url: [UInt8], serial: Int? = nil) {
    guard ProjectName.isValid(name.span) else {
      badNames.append(name)
      return
    }
    var normalized: [UInt8] = []
    ProjectName.appendNormalized(name.span, to: &normalized)
    projects.append(ProjectLink(name: normalized, url: url, serial: serial))
  }
}

extension BlockParser {
  /// Reads the lines that are made of pages; what is wrong with them is judged later.
  static let ofPages = BlockParser(format: .jsonl, badLines: .skip)
}

/// A project that a root page lists.
struct ProjectLink: Sendable {
  /// The normalized name.
  let name: [UInt8]
  /// The URL of its page, absolute.
  let url: [UInt8]
  /// The number of its last change; nil if the index does not count.
  let serial: Int?

  init(name: [UInt8], url: [UInt8], serial: Int?) {
    self.name = name
    self.url = url
    self.serial = serial
  }

  /// The page of a project of which only the name is known.
  init(_ name: [UInt8], below base: HTTPURL, serial: Int? = nil) {
    var normalized: [UInt8] = []
    ProjectName.appendNormalized(name.span, to: &normalized)
    let reference = normalized + [UInt8(ascii: "/")]
    var url: [UInt8] = []
    _ = base.appendResolved(reference.span, to: &url)
    self.init(name: normalized, url: url, serial: serial)
  }
}
