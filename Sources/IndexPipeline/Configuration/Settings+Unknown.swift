import StrictJSON

// Fields that nobody asked for.
extension Settings {
  /// Refuses the fields that nobody asked for.
  mutating func finish() {
    let known = fields.map(\.name)
    for member in value.members ?? [] {
      let isKnown = (known + ignored).contains { $0.utf8.elementsEqual(member.key.utf8) }
      if !isKnown { refuseUnknown(member, known) }
    }
  }

  private mutating func refuseUnknown(_ member: JSONMember, _ known: [String]) {
    var caret = ""
    var remarks: [Remark] = []
    if let home = home(of: member.key) {
      caret = home
      remarks = help(known)
    } else {
      let names = known + ignored.filter { $0.utf8.first != UInt8(ascii: "$") }
      caret = Suggestion.text(for: member.key, among: names)
      if caret.isEmpty {
        caret = otherHome(of: member.key) ?? ""
        remarks = help(known)
      }
    }
    file.refuse(
      "unknown-field",
      "\(owner) has no field \"\(member.key)\"",
      at: member.keyRange,
      pointer.appending(key: member.key),
      caret: caret,
      remarks: remarks
    )
  }

  /// What to say of a field that belongs to the objects that every pipeline has, or to the object
  /// around this one.
  private func home(of field: String) -> String? {
    if field.utf8.first == UInt8(ascii: "$") { return homeOfReserved(field) }
    let has = { (names: [String]) in names.contains { $0.utf8.elementsEqual(field.utf8) } }
    if !isRenderer, has(PipelineFile.renderFields.map(\.name)) {
      return "\"\(field)\" belongs to the renderer: move it to /render"
    }
    if !isPipeline, has(PipelineFile.fieldNames) {
      return "\"\(field)\" belongs to the pipeline: move it to the top level"
    }
    if case .part(let owner, let fields) = topic, has(fields) {
      return "\"\(field)\" belongs to \(owner): move it there"
    }
    return nil
  }

  private func homeOfReserved(_ field: String) -> String? {
    if field.utf8.elementsEqual("$include".utf8) {
      return "\"$include\" stands in an object of its own, as an element of an array"
    }
    if field.utf8.elementsEqual("$schema".utf8) {
      return "\"$schema\" stands at the top level only"
    }
    return nil
  }

  /// What to say of a field that stages have.
  private func otherHome(of field: String) -> String? {
    for entry in file.log.registry.entries
    where entry.fields.contains(where: { $0.name.utf8.elementsEqual(field.utf8) }) {
      return "\"\(field)\" is a field of \(entry.kind) \"\(entry.info.type)\""
    }
    for kind in StageKind.allCases
    where FrameworkFields.specs(of: kind).contains(where: {
      $0.name.utf8.elementsEqual(field.utf8)
    }) {
      return "\"\(field)\" is a field of \(kind)s"
    }
    return nil
  }

  private func help(_ known: [String]) -> [Remark] {
    let first =
      if case .stage(let kind, let type) = topic {
        Remark.help("`larder describe \(kind)/\(type)` lists the fields of this \(kind)")
      } else {
        Remark.note("fields: \(known.joined(separator: ", "))")
      }
    let version = file.log.surroundings.version
    return [
      first, .note("if a newer release has this field, note that this is larder \(version)"),
    ]
  }

  private var isRenderer: Bool { if case .renderer = topic { true } else { false } }
  private var isPipeline: Bool { if case .pipeline = topic { true } else { false } }
}
