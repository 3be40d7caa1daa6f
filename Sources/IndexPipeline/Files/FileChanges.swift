import StrictJSON

/// What a publication does to the files of distributions that a sink holds.
public struct FileChanges: Sendable, Equatable {
  /// The paths of files that are sent, sorted.
  public let added: [[UInt8]]
  /// The paths of files that go, sorted.
  public let removed: [[UInt8]]
  /// How many files stay as they are.
  public let unchanged: Int
  /// How many distributions are linked to that Larder did not publish there.
  public let linked: Int

  /// Appends an object of JSON that tells the changes.
  ///
  /// - Parameters:
  ///   - output: Where it goes.
  ///   - limit: The most paths to list of each kind; their number is told in any case.
  func append(to output: inout ByteBuffer, limit: Int) {
    output.append("{")
    output.append(member: "added", added.count, isFirst: true)
    output.append(member: "added_files", added.prefix(limit))
    output.append(member: "removed", removed.count)
    output.append(member: "removed_files", removed.prefix(limit))
    output.append(member: "unchanged", unchanged)
    output.append(member: "linked", linked)
    output.append("}")
  }
}

extension ByteBuffer {
  /// Appends a member whose value is a list of paths, unless there are none.
  mutating func append(member key: String, _ paths: some Collection<[UInt8]>) {
    guard !paths.isEmpty else { return }
    append(", ")
    append(json: key)
    append(": [")
    for (index, path) in paths.enumerated() {
      if index > 0 { append(", ") }
      append(json: path.span)
    }
    append("]")
  }
}
