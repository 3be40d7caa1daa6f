/// What stops a publication that would lose too much, before the first write.
public struct Guards: Sendable, Equatable {
  /// A number of things, or a part of those that are there.
  public enum Share: Sendable, Equatable {
    case count(Int)
    case percent(Double)

    /// How many of `total` things the share allows.
    func limit(of total: Int) -> Int {
      switch self {
      case .count(let count): count
      case .percent(let percent): Int(Double(total) * percent / 100)
      }
    }
  }

  /// The least number of projects in the index.
  public var minProjects = 0
  /// How many of the projects that a sink holds may go.
  public var maxRemovedProjects: Share?
  /// How many of the files that a sink links to may go.
  public var maxRemovedFiles: Share?
  /// Whether a project may go because transforms left all of its files out.
  public var allowEmptyProjects = true
  /// How many projects and files more may go in this run, for a removal that is meant.
  public var allowedRemovals = 0

  /// Creates guards that stop nothing.
  public init() {}
}
