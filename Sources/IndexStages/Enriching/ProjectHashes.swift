import IndexModel
import IndexPipeline
import StrictJSON

/// Sees to it that of each project all files have a digest, or none.
///
/// With a digest on some files only, a tool that locks hashes cannot lock the project, and nobody
/// sees why.
struct ProjectHashes {
  private struct Project {
    var members: [Int] = []
    /// The name as it was first written, for messages.
    var name = ""
  }

  private let options: EnrichOptions
  private let title: String
  private var projects: [[UInt8]: Project] = [:]
  private var order: [[UInt8]] = []
  /// The digests that records have in the end.
  private var digests: [Int: [HashAlgorithm: String]] = [:]
  /// The digests of records that have others now than before.
  private(set) var changed: [Int: [HashAlgorithm: String]] = [:]

  init(options: EnrichOptions, title: String) {
    self.options = options
    self.title = title
  }

  /// Takes a record, and what was found out about its file.
  mutating func add(_ index: Int, of records: borrowing RecordEditor, _ facts: RemoteFacts?) {
    guard !options.hashes.isEmpty else { return }
    var known = records[index].digests
    for algorithm in options.hashes where known[algorithm] == nil {
      guard let digest = facts?.digests[algorithm] else { continue }
      known[algorithm] = digest
      changed[index] = known
    }
    digests[index] = known
    var key: [UInt8] = []
    records[index].appendProject(to: &key)
    if projects[key] == nil { order.append(key) }
    projects[key, default: Project()].members.append(index)
  }

  /// Decides about projects of which not all files have a digest.
  ///
  /// - Throws: `StageFailure` if that is to fail the run.
  mutating func decide(_ records: inout RecordEditor) throws(StageFailure) {
    for algorithm in options.hashes {
      var partial: [(project: String, missing: Int, of: Int, file: String)] = []
      for key in order {
        let members = projects[key]?.members ?? []
        let missing = members.filter { digests[$0]?[algorithm] == nil }
        guard let first = missing.first else { continue }
        let file = records[first].filenameText
        partial.append(
          (String(decoding: key, as: UTF8.self), missing.count, members.count, file)
        )
        if options.incomplete == .none { strip(algorithm, from: members) }
      }
      guard let first = partial.first else { continue }
      let count = partial.count.of("project")
      let example =
        "\"\(first.project)\" has none for \(first.missing) of \(first.of.of("file")), such as "
        + first.file
      switch options.incomplete {
      case .fail: throw failure(algorithm, count, example)
      case .none: records.warn("\(title): \(count) without \(algorithm.name): \(example)")
      case .keep: records.warn("\(title): \(count) with incomplete \(algorithm.name): \(example)")
      }
    }
  }

  private mutating func strip(_ algorithm: HashAlgorithm, from members: [Int]) {
    for index in members where digests[index]?[algorithm] != nil {
      digests[index]?[algorithm] = nil
      changed[index] = digests[index]
    }
  }

  private func failure(
    _ algorithm: HashAlgorithm,
    _ count: String,
    _ example: String
  ) -> StageFailure {
    StageFailure(
      .data,
      code: "incomplete-hashes",
      "\(title): \(algorithm.name) stays incomplete in \(count): \(example)",
      notes: ["a whole file tells its digest; \"files\" and \"max_file_size\" limit what is read"],
      help: "let whole files be read, take \"\(algorithm.name)\" out of \"hashes\", or choose "
        + "\"incomplete\": \"none\" or \"keep\""
    )
  }
}
