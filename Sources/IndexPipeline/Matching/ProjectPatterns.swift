/// The projects that a stage is told of: names and patterns, and files of them.
public struct ProjectPatterns: Sendable {
  private let choices: [TextChoice]

  /// Creates patterns of what a pipeline file says.
  init(_ choices: [TextChoice]) { self.choices = choices }

  /// The files that hold patterns.
  public var files: [String] {
    choices.compactMap { if case .file(let path) = $0 { path } else { nil } }
  }

  /// All patterns, to be held against normalized names.
  ///
  /// - Parameter readFile: Reads a whole file.
  /// - Throws: `StageFailure` if a file cannot be read, or a line is no pattern.
  public func globs(
    reading readFile: (_ path: String) throws(StageFailure) -> [UInt8]
  ) throws(StageFailure) -> [Glob] {
    var globs: [Glob] = []
    for choice in choices {
      switch choice {
      case .glob(let glob): globs.append(glob)
      case .file(let path): globs += try PatternList(path, try readFile(path), .project).globs
      }
    }
    return globs
  }
}

extension Settings {
  /// Reads which projects are meant: a name or a pattern, an array of them, or a file of them.
  public mutating func projects(
    _ name: String,
    _ doc: String,
    example: String? = nil
  ) -> ProjectPatterns? {
    let spec = FieldSpec(name, doc, .globs, example: example)
    guard let value = ask(spec) else { return nil }
    let reader = MatcherReader(file: file, owner: owner, name: owner)
    guard case .text(_, let choices) = reader.texts(value, spec, .project, &self)?.question else {
      return nil
    }
    return ProjectPatterns(choices)
  }
}
