/// A setting as it is when all files, defaults and placeholders are taken together.
public struct EffectiveSetting: Sendable {
  /// The JSON Pointer in the whole pipeline, its parts in place.
  public let pointer: String
  /// The value as JSON; a secret is its placeholder.
  public let json: String
  /// Where it was written; `nil` for a default.
  public let place: Place?
  /// Whether placeholders were filled in.
  public let isFilled: Bool
}
