/// The types of stages that a pipeline file may name.
public struct Registry: Sendable {
  /// Makes a source of its settings.
  public typealias MakeSource = @Sendable (inout Settings) -> any Source
  /// Makes a sink of its settings.
  public typealias MakeSink = @Sendable (inout Settings) -> any Sink

  private(set) var sources: [String: MakeSource] = [:]
  private(set) var sinks: [String: MakeSink] = [:]

  /// Creates a registry without stages.
  public init() {}

  /// Adds a type of source.
  ///
  /// - Parameters:
  ///   - type: The word for `type` in pipeline files.
  ///   - make: Makes a source of its settings.
  public mutating func add(source type: String, _ make: @escaping MakeSource) {
    sources[type] = make
  }

  /// Adds a type of sink.
  ///
  /// - Parameters:
  ///   - type: The word for `type` in pipeline files.
  ///   - make: Makes a sink of its settings.
  public mutating func add(sink type: String, _ make: @escaping MakeSink) {
    sinks[type] = make
  }
}
