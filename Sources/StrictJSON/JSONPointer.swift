/// The path from the root of a JSON text to a value in it, such as `/sources/0/type` (RFC 6901).
public struct JSONPointer: Sendable, CustomStringConvertible {
  /// The path as RFC 6901 writes it; empty for the root.
  public private(set) var description = ""

  /// Creates the path to the root.
  public init() {}

  /// Returns the path to a member of the object at this path.
  ///
  /// - Parameter key: The key of the member, as it is when decoded.
  /// - Returns: The longer path.
  public func appending(key: String) -> JSONPointer {
    var path = self
    path.description += "/"
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": path.description += "~0"
      case "/": path.description += "~1"
      default: path.description.unicodeScalars.append(scalar)
      }
    }
    return path
  }

  /// Returns the path to an element of the array at this path.
  ///
  /// - Parameter index: The index of the element, from 0.
  /// - Returns: The longer path.
  public func appending(index: Int) -> JSONPointer {
    var path = self
    path.description += "/\(index)"
    return path
  }
}

extension JSONPointer: Equatable {
  /// Tells whether two paths have the same bytes.
  public static func == (first: JSONPointer, second: JSONPointer) -> Bool {
    first.description.utf8.elementsEqual(second.description.utf8)
  }
}

extension JSONPointer {
  /// Creates the path to the innermost value around an offset, also of a text that is malformed
  /// there.
  ///
  /// An offset in a key, or between a key and its value, belongs to the member. This is for
  /// messages: it reads the text again, so that nobody needs to carry paths along.
  ///
  /// - Parameters:
  ///   - offset: The offset in bytes, such as the start of the range of a ``JSONError``.
  ///   - text: The bytes of the text.
  ///   - maximumDepth: How many objects and arrays the path may enter.
  /// - Complexity: O(n · d), with n bytes before the offset and d levels around it.
  public init(at offset: Int, in text: Span<UInt8>, maximumDepth: Int = 64) {
    var cursor = JSONCursor(text, maximumDepth: maximumDepth)
    // A mistake ends the walk: all that precedes it is known, and that is the path.
    while let step = try? cursor.enterMember(holding: offset) {
      self = step.appended(to: self)
    }
  }
}

/// One step down from a container.
private enum JSONStep {
  case key(String)
  case index(Int)

  func appended(to path: JSONPointer) -> JSONPointer {
    switch self {
    case .key(let key): path.appending(key: key)
    case .index(let index): path.appending(index: index)
    }
  }
}

extension JSONCursor {
  /// Moves from a container to the one of its members or elements that holds `wanted`.
  ///
  /// - Returns: The step down, or nil when the value is no container or `wanted` lies between.
  fileprivate mutating func enterMember(holding wanted: Int) throws(JSONError) -> JSONStep? {
    guard wanted > offset else { return nil }
    switch try peekKind() {
    case .object:
      try beginObject()
      while let key = try nextKey() {
        guard wanted >= key.range.lowerBound - 1 else { return nil }
        if !skips(to: wanted) { return .key(decoded(key)) }
      }
    case .array:
      try beginArray()
      var index = 0
      while try nextElement() {
        guard wanted >= offset else { return nil }
        if !skips(to: wanted) { return .index(index) }
        index += 1
      }
    case .string, .number, .boolean, .null: break
    }
    return nil
  }

  /// Moves over the value at the offset, unless it holds `wanted` or is malformed.
  private mutating func skips(to wanted: Int) -> Bool {
    var probe = self
    do {
      try probe.skipValue()
    } catch {
      return false
    }
    guard probe.offset <= wanted else { return false }
    self = probe
    return true
  }
}
