/// What stops a publication that would lose too much, before the first write.
public struct Guards: Sendable {
  /// The fewest projects that an index may have.
  public var minimumProjects = 0
  /// How many of its projects an index may lose at once.
  public var maximumRemovedProjects: Share?
  /// How many of its files an index may lose at once.
  public var maximumRemovedFiles: Share?
  /// Whether a project may be left without files.
  public var allowsEmptyProjects = true
  /// How many projects and files may go in this run whatever the guards say, as that is meant.
  public var allowedRemovals = 0
  /// Where the guards stand in the pipeline file, by the names of their fields.
  public var places: [String: Place] = [:]

  /// Creates guards that let every index pass that loses no project to its transforms.
  public init() {}
}
