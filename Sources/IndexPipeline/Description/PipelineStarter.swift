/// The pipeline file that a person begins with.
package struct PipelineStarter {
  private let registry: Registry

  /// Makes pipelines of the stages of a registry.
  package init(_ registry: Registry) { self.registry = registry }

  /// A pipeline with notes of the stages that `SOURCES/TRANSFORMS/SINKS` names, each part a list of
  /// types with commas; `SOURCES/SINKS` has no transforms.
  ///
  /// - Throws: `StageFailure` with the nearest type, if one does not exist.
  package func pipeline(_ stages: String) throws(StageFailure) -> JSONText {
    var parts = stages.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .compactMap { String($0) }
    if parts.count == 2 { parts.insert("", at: 1) }
    guard parts.count == 3 else {
      throw StageFailure(
        .config,
        code: "bad-outline",
        "\"\(stages)\" is not of the form SOURCES/TRANSFORMS/SINKS",
        help: "for example file/filesystem, or file,stdin//filesystem"
      )
    }
    let sources = try list(parts[0], .source)
    let transforms = try list(parts[1], .transform)
    let sinks = try list(parts[2], .sink)
    for (part, kind) in [(sources, StageKind.source), (sinks, .sink)] where part.isEmpty {
      throw StageFailure(
        .config,
        code: "bad-outline",
        "\"\(stages)\" names no \(kind)",
        notes: ["\(kind) types in this build: \(registry.types(of: kind).joined(separator: ", "))"]
      )
    }
    let schema = "pipeline.v1.schema.json"
    var members: [(String, JSONText)] = [
      ("$schema", .string(schema)),
      (
        "$comment",
        .string(
          "`larder schema --output \(schema)` lets editors complete this file; `larder describe` "
            + "tells of all fields; `larder run` publishes the index."
        )
      ),
      ("version", .literal("1")),
      ("sources", .array(sources.map { stage($0) })),
    ]
    if !transforms.isEmpty {
      members.append(("transforms", .array(transforms.map { stage($0) })))
    }
    // Links lead to a pool in the index, where nothing is unless it is put there.
    let hasFiles = sources.contains { $0.info.type.utf8.elementsEqual("directory".utf8) }
    members += [
      ("render", render),
      ("sinks", .array(sinks.map { stage($0, with: hasFiles ? ["publish_files"] : []) })),
    ]
    return .object(members)
  }

  private var render: JSONText {
    .object([
      (
        "$comment",
        .string("Everything here has a default: `larder describe render` tells which.")
      )
    ])
  }

  private func list(
    _ types: String,
    _ kind: StageKind
  ) throws(StageFailure) -> [Registry.Entry] {
    var entries: [Registry.Entry] = []
    for type in types.utf8.split(separator: UInt8(ascii: ",")).compactMap({ String($0) }) {
      guard case .stage(let entry) = try Manual(registry).topic("\(kind)/\(type)") else { continue }
      entries.append(entry)
    }
    return entries
  }

  /// The example of a stage with a note of what it does and what else it takes.
  ///
  /// - Parameter switches: Fields that are true besides, if it has them.
  private func stage(_ entry: Registry.Entry, with switches: [String] = []) -> JSONText {
    let example = JSONText(parsing: entry.info.example)
    guard case .object(var members) = example else { return example }
    members += entry.fields.map(\.name).filter { switches.contains($0) }
      .map { ($0, .literal("true")) }
    let others = entry.fields.map(\.name)
      .filter { name in !members.contains { $0.key.utf8.elementsEqual(name.utf8) } }
    let more =
      others.isEmpty ? "" : " It also takes \(others.map { "`\($0)`" }.joined(separator: ", "))."
    return .object([("$comment", .string(entry.info.summary + more))] + members)
  }
}
