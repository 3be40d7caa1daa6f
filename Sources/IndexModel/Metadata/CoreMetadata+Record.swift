public import StrictJSON

extension CoreMetadata {
  /// What kind of distribution metadata is of: a source's can change when it is built.
  public enum Origin: Sendable {
    /// A wheel, whose metadata is what an installer will see.
    case wheel
    /// A source archive or an egg, whose requirements may be elsewhere.
    case other
  }

  /// Appends what a record says of metadata: members of its object, each behind a comma.
  ///
  /// They are `requires_python`, `requires_dist`, `license` and `summary`; what is not known is left
  /// out, so that an empty `requires_dist` says that there are none.
  public func appendRecordMembers(of origin: Origin, to output: inout ByteBuffer) {
    append(",\"requires_python\":", requiresPython, to: &output)
    if origin == .wheel || hasFixedRequirements {
      output.append(",\"requires_dist\":[")
      for (index, requirement) in requiresDist.enumerated() {
        if index > 0 { output.append(",") }
        output.append(json: requirement.span)
      }
      output.append("]")
    }
    append(",\"license\":", licenseExpression.isEmpty ? license : licenseExpression, to: &output)
    append(",\"summary\":", summary, to: &output)
  }

  /// Whether a build cannot change the requirements.
  ///
  /// Source: PEP 643, for metadata from version 2.2 on.
  public var hasFixedRequirements: Bool {
    let numbers = metadataVersion.split(separator: UInt8(ascii: "."))
    guard numbers.count == 2, let major = Self.number(numbers[0]),
      let minor = Self.number(numbers[1]), (major, minor) >= (2, 2)
    else { return false }
    return !dynamic.contains { $0.span.elementsEqual("requires-dist") }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count < 6, digits.allSatisfy(\.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
  }

  private func append(_ key: StaticString, _ value: [UInt8], to output: inout ByteBuffer) {
    guard !value.isEmpty else { return }
    output.append(key)
    output.append(json: value.span)
  }
}
