import IndexPipeline
import IndexTransport

/// The projects that are read of an index.
enum ProjectSelection: Sendable {
  /// All that its root page lists.
  case all
  /// These, by their normalized names; an index without a root page can be asked for them.
  case names([[UInt8]])
  /// Those of its root page that match.
  case matching([Glob])

  /// What a pipeline file says, with the files that it names.
  ///
  /// - Throws: `StageFailure` if a file cannot be read, or a line is no pattern.
  init(_ patterns: ProjectPatterns?, title: String) throws(StageFailure) {
    guard let patterns else {
      self = .all
      return
    }
    let globs = try patterns.globs { path throws(StageFailure) in
      try Self.read(path, title)
    }
    let names = globs.compactMap(\.literal)
    self =
      names.count == globs.count
      ? .names(Set(names).sorted { $0.lexicographicallyPrecedes($1) }) : .matching(globs)
  }

  /// Whether a project is read, by its normalized name.
  func includes(_ project: [UInt8]) -> Bool {
    switch self {
    case .all: true
    case .names(let names): names.contains(project)
    case .matching(let globs): globs.contains { $0.matches(project.span) }
    }
  }

  private static func read(_ path: String, _ title: String) throws(StageFailure) -> [UInt8] {
    do throws(IOFailure) {
      let file = try InputFile.open(path)
      return try file.rest()
    } catch {
      throw StageFailure(
        .unavailable,
        code: "cannot-read",
        "\(title): cannot read \(path): \(error.code)",
        help: "check the path and its permissions"
      )
    }
  }
}
