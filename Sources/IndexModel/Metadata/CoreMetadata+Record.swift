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
  /// They are `requires_python`, `requires_dist`, `license`, `summary` and `project_urls`; what is not
  /// known is left out, so that an empty `requires_dist` says that there are none.
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
    appendProjectURLs(to: &output)
  }

  /// Appends what a record says of the description: members of its object, each behind a comma.
  ///
  /// They are `description` and `description_content_type`; nothing if there is no description.
  ///
  /// - Parameter file: The bytes that this was read from.
  public func appendDescriptionMembers(
    of file: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    let description = description(in: file)
    if description.isEmpty { return }
    append(",\"description\":", description, to: &output)
    append(",\"description_content_type\":", descriptionContentType, to: &output)
  }

  /// Appends the pages that can stand in a record: each label once, as in an object.
  private func appendProjectURLs(to output: inout ByteBuffer) {
    var labels: Set<[UInt8]> = []
    for page in projectURLs
    where !page.url.isEmpty && !page.url.contains(0) && !page.label.contains(0) {
      guard labels.insert(page.label).inserted else { continue }
      output.append(labels.count == 1 ? ",\"project_urls\":{" : ",")
      output.append(json: page.label.span)
      output.append(":")
      output.append(json: page.url.span)
    }
    if !labels.isEmpty { output.append("}") }
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
