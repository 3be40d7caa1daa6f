import IndexModel
import StrictJSON

/// What the file name of a distribution says of where it can be installed, in words.
///
/// Source: PEP 425, 513, 571, 599, 600 and 656, and the specification "Platform compatibility
/// tags". A tag that these do not know is shown as it is.
extension ByteBuffer {
  /// Appends, for example, `Wheel for CPython 3.11, Linux x86-64 (glibc 2.17+)`.
  mutating func append(kindOf name: DistributionFilename, _ filename: borrowing Span<UInt8>) {
    switch name.kind {
    case .wheel: return append(wheelTags: filename.extracting(name.suffix))
    case .sdist: return append("Source")
    case .egg: append("Egg")
    case .wininst, .msi: append("Windows installer")
    case .rpm: append("RPM package")
    case .dmg: append("macOS disk image")
    case .dumb: append("Built archive")
    }
    if let version = name.pythonVersion(in: filename) {
      append(" for Python ")
      append(filename.extracting(version))
    }
  }

  /// Appends what `-[build-]python-abi-platform` says.
  private mutating func append(wheelTags suffix: borrowing Span<UInt8>) {
    append("Wheel")
    let hyphen = UInt8(ascii: "-")
    guard let platform = suffix.lastIndex(of: hyphen, before: suffix.count),
      let abi = suffix.lastIndex(of: hyphen, before: platform),
      let python = suffix.lastIndex(of: hyphen, before: abi)
    else { return }
    append(" for ")
    append(pythonTags: suffix.extracting((python + 1)..<abi))
    append(abiTag: suffix.extracting((abi + 1)..<platform))
    append(platformTags: suffix.extracting((platform + 1)...))
    if python > 0 {
      append(", build ")
      append(suffix.extracting(1..<python))
    }
  }

  private mutating func append(pythonTags tags: borrowing Span<UInt8>) {
    var start = 0
    while start < tags.count {
      let end = tags.firstIndex(of: UInt8(ascii: "."), from: start) ?? tags.count
      // `py2.py3` is `Python 2/3`: an implementation is named once.
      let isRepeated =
        start > 2 && end - start > 2 && tags[start] == tags[0] && tags[start + 1] == tags[1]
      if start > 0 { append("/") }
      append(pythonTag: tags.extracting(start..<end), namesImplementation: !isRepeated)
      start = end + 1
    }
  }

  private mutating func append(
    pythonTag tag: borrowing Span<UInt8>,
    namesImplementation: Bool
  ) {
    guard tag.count > 2, tag.isDecimal(from: 2), let name = Self.implementation(tag) else {
      append(tag)
      return
    }
    if namesImplementation { append(name) }
    append(tag[2])
    guard tag.count > 3 else { return }
    append(UInt8(ascii: "."))
    append(tag.extracting(3...))
  }

  private static func implementation(_ tag: borrowing Span<UInt8>) -> StaticString? {
    if tag.startsIgnoringCase(with: "py", at: 0) { return "Python " }
    if tag.startsIgnoringCase(with: "cp", at: 0) { return "CPython " }
    if tag.startsIgnoringCase(with: "pp", at: 0) { return "PyPy " }
    return nil
  }

  private mutating func append(abiTag tag: borrowing Span<UInt8>) {
    if tag.startsIgnoringCase(with: "abi3", at: 0) {
      append(" or later")
    } else if tag.count > 3, tag.startsIgnoringCase(with: "cp", at: 0),
      tag[tag.count - 1] == UInt8(ascii: "t")
    {
      append(" free-threaded")
    }
  }

  private mutating func append(platformTags tags: borrowing Span<UInt8>) {
    var previous = 0..<0
    var start = 0
    while start < tags.count {
      let end = tags.firstIndex(of: UInt8(ascii: "."), from: start) ?? tags.count
      let tag = tags.extracting(start..<end)
      start = end + 1
      if tag.elementsEqual("any") { continue }
      let mark = count
      append(previous.isEmpty ? ", " : " or ")
      let words = count
      append(platformTag: tag)
      // `manylinux2014_x86_64.manylinux_2_17_x86_64` is one platform under two names.
      if span.extracting(words...).elementsEqual(span.extracting(previous)) {
        truncate(to: mark)
      } else {
        previous = words..<count
      }
    }
  }

  private mutating func append(platformTag tag: borrowing Span<UInt8>) {
    if append(tag, after: "manylinux_", "Linux ", " (glibc ") { return }
    if append(tag, after: "musllinux_", "Linux ", " (musl ") { return }
    if append(tag, after: "macosx_", "macOS ", nil) { return }
    if append(tag, after: "ios_", "iOS ", nil) { return }
    if append(tag, after: "manylinux1_", "Linux ", suffix: " (glibc 2.5+)") { return }
    if append(tag, after: "manylinux2010_", "Linux ", suffix: " (glibc 2.12+)") { return }
    if append(tag, after: "manylinux2014_", "Linux ", suffix: " (glibc 2.17+)") { return }
    if append(tag, after: "linux_", "Linux ", suffix: "") { return }
    if append(tag, after: "win_", "Windows ", suffix: "") { return }
    if tag.elementsEqual("win32") {
      append("Windows x86")
    } else {
      append(tag)
    }
  }

  private mutating func append(
    _ tag: borrowing Span<UInt8>,
    after prefix: StaticString,
    _ system: StaticString,
    suffix: StaticString
  ) -> Bool {
    guard tag.startsIgnoringCase(with: prefix, at: 0) else { return false }
    append(system)
    append(architecture: tag.extracting(prefix.utf8CodeUnitCount...))
    append(suffix)
    return true
  }

  /// Appends a platform whose tag goes on as `major_minor_architecture`.
  ///
  /// - Parameter library: What the version is of, if not of the system.
  /// - Returns: Whether the tag is such a one.
  private mutating func append(
    _ tag: borrowing Span<UInt8>,
    after prefix: StaticString,
    _ system: StaticString,
    _ library: StaticString?
  ) -> Bool {
    let major = prefix.utf8CodeUnitCount
    guard tag.startsIgnoringCase(with: prefix, at: 0),
      let minor = tag.firstIndex(of: UInt8(ascii: "_"), from: major),
      let end = tag.firstIndex(of: UInt8(ascii: "_"), from: minor + 1)
    else { return false }
    append(system)
    if let library {
      append(architecture: tag.extracting((end + 1)...))
      append(library)
    }
    append(tag.extracting(major..<minor))
    append(UInt8(ascii: "."))
    append(tag.extracting((minor + 1)..<end))
    append("+")
    if library != nil {
      append(")")
    } else {
      append(" ")
      append(architecture: tag.extracting((end + 1)...))
    }
    return true
  }

  private mutating func append(architecture tag: borrowing Span<UInt8>) {
    if tag.elementsEqual("x86_64") || tag.elementsEqual("amd64") {
      append("x86-64")
    } else if tag.elementsEqual("aarch64") || tag.elementsEqual("arm64") {
      append("ARM64")
    } else if tag.elementsEqual("i686") {
      append("x86")
    } else if tag.elementsEqual("universal2") {
      append("ARM64 and x86-64")
    } else {
      append(tag)
    }
  }
}

extension Span where Element == UInt8 {
  fileprivate func isDecimal(from start: Int) -> Bool {
    for index in start..<count where !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[index])
    { return false }
    return true
  }
}
