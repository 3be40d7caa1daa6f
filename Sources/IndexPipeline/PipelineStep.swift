extension Pipeline {
  /// A source and its place in the pipeline.
  public struct SourceStep: Sendable {
    /// The name, unique in the pipeline.
    public let id: String
    /// The source.
    public let source: any Source
    /// What is done to its records only, in order.
    public let transforms: [TransformStep]
    /// How often something is tried again that is only busy.
    public let retry: RetryPolicy
    /// Where it stands in the pipeline file, if there is one.
    public let place: Place?

    /// Names a source; see the properties for what its parts are.
    public init(
      _ id: String,
      _ source: any Source,
      transforms: [TransformStep] = [],
      retry: RetryPolicy = RetryPolicy(),
      at place: Place? = nil
    ) {
      self.id = id
      self.source = source
      self.transforms = transforms
      self.retry = retry
      self.place = place
    }
  }

  /// A transform and its place in the pipeline.
  public struct TransformStep: Sendable {
    /// The name, unique in the pipeline.
    public let id: String
    /// The transform.
    public let transform: any Transform
    /// Which records it sees, all of them if there is none; the others pass.
    public let condition: Matcher?
    /// Where it stands in the pipeline file, if there is one.
    public let place: Place?

    /// Names a transform; see the properties for what its parts are.
    public init(
      _ id: String,
      _ transform: any Transform,
      where condition: Matcher? = nil,
      at place: Place? = nil
    ) {
      self.id = id
      self.transform = transform
      self.condition = condition
      self.place = place
    }
  }

  /// A sink and its place in the pipeline.
  public struct SinkStep: Sendable {
    /// The name, unique in the pipeline.
    public let id: String
    /// The sink.
    public let sink: any Sink
    /// Whether the run goes on when it fails.
    public let isOptional: Bool
    /// How often a part of its work is tried again that may go well later.
    public let retry: RetryPolicy
    /// Where it stands in the pipeline file, if there is one.
    public let place: Place?

    /// Names a sink; see the properties for what its parts are.
    public init(
      _ id: String,
      _ sink: any Sink,
      isOptional: Bool = false,
      retry: RetryPolicy = RetryPolicy(),
      at place: Place? = nil
    ) {
      self.id = id
      self.sink = sink
      self.isOptional = isOptional
      self.retry = retry
      self.place = place
    }
  }

  /// A hook and its place in the pipeline.
  public struct HookStep: Sendable {
    /// The name, unique in the pipeline.
    public let id: String
    /// The hook.
    public let hook: any Hook
    /// Whether the run goes well when it fails.
    public let isOptional: Bool
    /// Where it stands in the pipeline file, if there is one.
    public let place: Place?

    /// Names a hook; see the properties for what its parts are.
    public init(
      _ id: String,
      _ hook: any Hook,
      isOptional: Bool = false,
      at place: Place? = nil
    ) {
      self.id = id
      self.hook = hook
      self.isOptional = isOptional
      self.place = place
    }
  }
}
