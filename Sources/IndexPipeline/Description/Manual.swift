/// All that can be told of pipeline files, taken from the code that reads them.
package struct Manual: Sendable {
  /// Something that `describe` tells of.
  package enum Topic: Sendable {
    case everything
    case kind(StageKind)
    case stage(Registry.Entry)
    /// An object of the file that is no stage.
    case object(Section)
    /// A field, and the path that names it.
    case field(FieldSpec, path: String)
  }

  /// An object of a pipeline file that is no stage.
  package struct Section: Sendable {
    /// Its name in `describe`: `pipeline`, `matcher`, or the field that holds it.
    package let name: String
    /// What it is.
    package let doc: String
    /// Its fields.
    package let fields: [FieldSpec]
  }

  /// The stages.
  package let registry: Registry
  /// The fields of a pipeline file.
  package let fields: [FieldSpec]

  /// Tells of the stages of a registry.
  package init(_ registry: Registry) {
    self.registry = registry
    fields = PipelineFile.fields
  }

  /// The objects of a pipeline file that are no stages.
  package var sections: [Section] {
    let inner = fields.compactMap { field in
      if case .object(let fields) = field.shape {
        Section(name: field.name, doc: field.doc, fields: fields)
      } else {
        nil
      }
    }
    let whole = Section(name: "pipeline", doc: "The pipeline file itself.", fields: fields)
    let matcher = Section(
      name: "matcher",
      doc: "Conditions that a record meets or not, for `where` and other fields.",
      fields: Matcher.fields
    )
    return [whole] + inner + (Matcher.fields.isEmpty ? [] : [matcher])
  }

  /// The types of a kind, sorted by name.
  package func entries(of kind: StageKind) -> [Registry.Entry] {
    registry.types(of: kind).compactMap { registry.entry(kind, $0) }
  }

  /// All fields of a type: its own, and those that every stage of its kind has.
  package func fields(of entry: Registry.Entry) -> [FieldSpec] {
    entry.fields + FrameworkFields.specs(of: entry.kind)
  }
}

extension Registry.Entry {
  /// The name of the type for `describe`, such as `source/file`.
  package var path: String { "\(kind)/\(info.type)" }
}
