import IndexModel
import StrictJSON

/// How the distributions of two indexes differ, project by project.
struct IndexDifference: Sendable {
  /// A project whose files differ.
  struct Project: Sendable, Equatable {
    let name: String
    /// The file names that only the new index has.
    var added: [String] = []
    /// The file names that only the old index has.
    var removed: [String] = []
    let wasThere: Bool
    let isThere: Bool
  }

  /// The projects that differ, by name.
  private(set) var projects: [Project] = []
  /// The numbers of projects and files in the old index.
  private(set) var before = (projects: 0, files: 0)
  /// The numbers of projects and files in the new index.
  private(set) var after = (projects: 0, files: 0)

  /// The names of the projects that go.
  var removedProjects: [String] { projects.filter { !$0.isThere }.map(\.name) }
  /// How many files go.
  var removedFileCount: Int { projects.reduce(0) { $0 + $1.removed.count } }

  /// Compares two catalogs.
  ///
  /// - Complexity: O(projects + files).
  init(from old: borrowing Catalog, to new: borrowing Catalog) {
    before = (old.projects.count, old.distributions.count)
    after = (new.projects.count, new.distributions.count)
    var (left, right) = (0, 0)
    while left < old.projects.count || right < new.projects.count {
      switch Self.order(left, old, right, new) {
      case ..<0:
        add(left, old, nil, new)
        left += 1
      case 0:
        add(left, old, right, new)
        left += 1
        right += 1
      default:
        add(nil, old, right, new)
        right += 1
      }
    }
  }

  /// Below 0 if the project of the old index comes first, above 0 if the other does.
  private static func order(
    _ left: Int,
    _ old: borrowing Catalog,
    _ right: Int,
    _ new: borrowing Catalog
  ) -> Int {
    guard left < old.projects.count else { return 1 }
    guard right < new.projects.count else { return -1 }
    let (a, b) = (old.text.span[old.projects[left].name], new.text.span[new.projects[right].name])
    if a.elementsEqual(b) { return 0 }
    return a.lexicographicallyPrecedes(b) ? -1 : 1
  }

  private mutating func add(
    _ left: Int?,
    _ old: borrowing Catalog,
    _ right: Int?,
    _ new: borrowing Catalog
  ) {
    let before = left.map { Self.filenames(of: $0, old) } ?? []
    let after = right.map { Self.filenames(of: $0, new) } ?? []
    guard before != after else { return }
    let name =
      left.map { String(decoding: old.text.span[old.projects[$0].name]) }
      ?? right.map { String(decoding: new.text.span[new.projects[$0].name]) } ?? ""
    let (known, made) = (Set(before), Set(after))
    projects.append(
      Project(
        name: name,
        added: after.filter { !known.contains($0) }.map { String(decoding: $0, as: UTF8.self) },
        removed: before.filter { !made.contains($0) }.map { String(decoding: $0, as: UTF8.self) },
        wasThere: left != nil,
        isThere: right != nil
      )
    )
  }

  private static func filenames(of project: Int, _ catalog: borrowing Catalog) -> [[UInt8]] {
    catalog.projects[project].distributions.map { index in
      Array(catalog.text.span[catalog.distributions[index].filename])
    }
  }
}

extension Inventory {
  /// The distributions that the pages were made of.
  ///
  /// - Throws: `StageFailure` if the list that says so cannot be read.
  func catalog(of sink: String) async throws -> Catalog {
    let records = try await readRecords?() ?? records
    do throws(RecordProblem) {
      return await Catalog.build(from: try RecordBatch(jsonLines: records.span)).catalog
    } catch {
      throw StageFailure(
        .data,
        code: "unreadable-state",
        "sink \"\(sink)\": its list of records cannot be read: \(error.message)",
        help: "publish once with an empty sink, or restore larder/records.jsonl"
      )
    }
  }
}
