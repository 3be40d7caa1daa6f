import StrictJSON

/// The types of stages that a pipeline file may name.
///
/// It is a value: a program that has stages of its own adds them to ``Registry/standard``, which
/// holds those that ship.
public struct Registry: Sendable {
  /// A type of stage.
  public struct Entry: Sendable {
    /// What it is called, and what it does.
    public let info: StageInfo
    /// What it plugs in as.
    public let kind: StageKind
    /// Its own fields, in the order it asks for them.
    public let fields: [FieldSpec]
    let make: @Sendable (inout Settings) -> any Stage
  }

  /// All types, in the order they were added.
  public private(set) var entries: [Entry] = []

  /// Creates a registry without stages.
  public init() {}

  /// Adds a type of source.
  ///
  /// - Throws: `StageFailure` when its type is taken, or a field is the framework's.
  public mutating func add<Type: Source>(_ type: Type.Type) throws(StageFailure) {
    try add(type, as: .source)
  }

  /// Adds a type of transform.
  ///
  /// - Throws: `StageFailure` when its type is taken, or a field is the framework's.
  public mutating func add<Type: Transform>(_ type: Type.Type) throws(StageFailure) {
    try add(type, as: .transform)
  }

  /// Adds a type of sink.
  ///
  /// - Throws: `StageFailure` when its type is taken, or a field is the framework's.
  public mutating func add<Type: Sink>(_ type: Type.Type) throws(StageFailure) {
    try add(type, as: .sink)
  }

  /// Adds a type of hook.
  ///
  /// - Throws: `StageFailure` when its type is taken, or a field is the framework's.
  public mutating func add<Type: Hook>(_ type: Type.Type) throws(StageFailure) {
    try add(type, as: .hook)
  }

  /// The type of that kind and name.
  public func entry(_ kind: StageKind, _ type: String) -> Entry? {
    entries.first { $0.kind == kind && $0.info.type.utf8.elementsEqual(type.utf8) }
  }

  /// The names of the types of a kind, sorted.
  public func types(of kind: StageKind) -> [String] {
    entries.filter { $0.kind == kind }.map(\.info.type).sorted()
  }

  private mutating func add(
    _ type: any Stage.Type,
    as kind: StageKind
  ) throws(StageFailure) {
    let name = type.info.type
    if entry(kind, name) != nil {
      throw StageFailure(.bug, code: "duplicate-type", "\(kind) \"\(name)\" is registered twice")
    }
    var blank = Settings.blank(owner: "\(kind) (\(name))")
    _ = type.init(from: &blank)
    let taken = FrameworkFields.names(of: kind)
    for field in blank.fields where taken.contains(field.name) || field.name.utf8.first == 0x24 {
      throw StageFailure(
        .bug,
        code: "reserved-field",
        "\(kind) \"\(name)\": the field \"\(field.name)\" is the framework's"
      )
    }
    entries.append(
      Entry(info: type.info, kind: kind, fields: blank.fields) { type.init(from: &$0) }
    )
  }
}

/// What a stage plugs in as.
public enum StageKind: String, Sendable, CaseIterable, CustomStringConvertible {
  case source, transform, sink, hook

  /// The kind as a person calls it.
  public var description: String { rawValue }

  /// The field of a pipeline file that holds stages of the kind.
  public var field: String {
    switch self {
    case .source, .transform, .sink: "\(rawValue)s"
    case .hook: "after_publish"
    }
  }
}
