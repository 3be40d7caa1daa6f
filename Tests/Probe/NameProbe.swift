import IndexModel

/// What the differential tests ask of project names and file names.
enum NameProbe {
  /// Whether a project name is valid, whether it is normalized, and its normalized form.
  static func name(_ arguments: [[UInt8]]) -> String {
    let name = arguments.first ?? []
    var normalized: [UInt8] = []
    ProjectName.appendNormalized(name.span, to: &normalized)
    return [
      flag(ProjectName.isValid(name.span)), flag(ProjectName.isNormalized(name.span)),
      hex(normalized[...]),
    ].joined(separator: "\t")
  }

  /// The parts of a wheel's file name that keeps to the specification, or `invalid`.
  static func wheel(_ arguments: [[UInt8]]) -> String {
    let filename = arguments.first ?? []
    guard let wheel = WheelFilename(filename.span) else { return "invalid" }
    let parts = [
      wheel.name, wheel.version, wheel.build, wheel.python, wheel.abi, wheel.platform,
    ]
    return parts.map { hex(filename[$0]) }.joined(separator: "\t")
  }

  /// The kind, the project as written, the version and its validity, or why the name is refused.
  static func filename(_ arguments: [[UInt8]]) -> String {
    let filename = arguments.first ?? []
    do throws(FilenameProblem) {
      let name = try DistributionFilename(filename.span)
      return [
        "\(name.kind)", hex(filename[name.name]), hex(filename[name.version]),
        flag(name.hasValidVersion),
      ].joined(separator: "\t")
    } catch {
      return "refused\t\(error)"
    }
  }

  private static func flag(_ value: Bool) -> String { value ? "1" : "0" }

  /// Two digits for each byte, since names may hold tabs and line feeds.
  private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
