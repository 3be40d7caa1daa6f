import IndexModel

/// The parts of a file name lie in it, one behind the other.
enum FilenameProperties {
  static func check(_ text: [UInt8]) {
    checkProject(text)
    let filename: DistributionFilename
    do throws(FilenameProblem) {
      filename = try DistributionFilename(text.span)
    } catch {
      require(!error.code.isEmpty, "a problem has no code")
      return
    }
    require(text.count <= 255 && text.isUTF8, "a name that no file has is read")
    require(!text.contains(0x2F) && !text.contains(0x5C), "a path is read as a name")
    require(!filename.name.isEmpty && filename.name.lowerBound == 0, "a file has no project")
    let parts = [filename.name, filename.version, filename.suffix]
    for (part, next) in zip(parts, parts.dropFirst()) {
      require(part.upperBound <= next.lowerBound, "two parts share bytes")
    }
    require(filename.suffix.upperBound <= text.count, "a part is behind the end")
    let isEscaped = text.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "!") }
    require(filename.needsEscape == isEscaped, "a byte is escaped, or is not")
    let version = Array(text[filename.version])
    require(
      filename.hasValidVersion == (VersionScan.scan(version.span) != nil),
      "a version is valid, or is not"
    )
    if let python = filename.pythonVersion(in: text.span) {
      require(python.upperBound <= text.count, "the version of Python is behind the end")
    }
    var project: [UInt8] = []
    ProjectName.appendNormalized(text.span.extracting(filename.name), to: &project)
    // A name that follows no specification may hold `+` and `!`.
    require(!project.isEmpty && project.first != 0x2D, "a project has no name")
    if let wheel = WheelFilename(text.span) {
      require(filename.kind == .wheel && wheel.name == filename.name, "a wheel is read twice")
      require(wheel.version == filename.version, "a wheel has two versions")
    }
  }

  private static func checkProject(_ name: [UInt8]) {
    var normal: [UInt8] = []
    ProjectName.appendNormalized(name.span, to: &normal)
    var again: [UInt8] = []
    ProjectName.appendNormalized(normal.span, to: &again)
    require(normal == again, "a normal name is normalized to another one")
    if ProjectName.isValid(name.span) {
      require(ProjectName.isNormalized(normal.span), "a valid name has no normal form")
    }
    require(!ProjectName.isNormalized(name.span) || normal == name, "a normal name changes")
  }
}
