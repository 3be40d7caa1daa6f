/// The six kinds of JSON values (RFC 8259, section 3).
public enum JSONKind: Sendable {
  case object, array, string, number, boolean, null
}

/// A string or key of a text: where its bytes stand, without a copy.
///
/// It means something only to the cursor that returned it, or to another one over the same text.
public struct JSONString: Sendable, Equatable {
  /// The bytes between the quotes, as written.
  public let range: Range<Int>
  /// Whether the bytes hold a backslash, so that they differ from the string they stand for.
  public let hasEscapes: Bool
}

/// A number of a text: where its bytes stand, without a copy.
///
/// It means something only to the cursor that returned it, or to another one over the same text.
public struct JSONNumber: Sendable, Equatable {
  /// The bytes of the number, as written.
  public let range: Range<Int>
  /// Whether it is written with neither a fraction nor an exponent.
  public let isInteger: Bool
}
