import StrictJSON

/// The parts of a wheel's file name, as ranges of its bytes.
///
/// `{name}-{version}(-{build})?-{python tag}-{abi tag}-{platform tag}.whl`. Source: PEP 427 and
/// the specification "Binary distribution format".
public struct WheelFilename: Equatable, Sendable {
  /// The project as written.
  public let name: Range<Int>
  /// The version as written.
  public let version: Range<Int>
  /// The build tag, empty if there is none.
  public let build: Range<Int>
  /// The Python tags, joined by `.`.
  public let python: Range<Int>
  /// The ABI tags, joined by `.`.
  public let abi: Range<Int>
  /// The platform tags, joined by `.`.
  public let platform: Range<Int>

  /// Cuts a file name into its parts, without looking into them.
  ///
  /// - Returns: `nil` if it does not end in `.whl`, has not five or six parts, or an empty build tag,
  ///   which could not be told from none.
  package init?(cutting filename: borrowing Span<UInt8>) {
    let end = filename.count - 4
    guard end > 0, filename.extracting(end...).elementsEqual(".whl") else { return nil }
    var hyphens = InlineArray<5, Int>(repeating: 0)
    var count = 0
    for index in 0..<end where filename[index] == UInt8(ascii: "-") {
      if count == hyphens.count { return nil }
      hyphens[count] = index
      count += 1
    }
    guard count >= 4 else { return nil }
    let hasBuild = count == 5
    if hasBuild && hyphens[1] + 1 == hyphens[2] { return nil }
    let tags = hasBuild ? 2 : 1
    name = 0..<hyphens[0]
    version = hyphens[0] + 1..<hyphens[1]
    build = hasBuild ? hyphens[1] + 1..<hyphens[2] : hyphens[1]..<hyphens[1]
    python = hyphens[tags] + 1..<hyphens[tags + 1]
    abi = hyphens[tags + 1] + 1..<hyphens[tags + 2]
    platform = hyphens[tags + 2] + 1..<end
  }

  /// Parses a file name as the specification wants it.
  ///
  /// - Returns: `nil` if an installer that keeps to the specification would refuse it.
  public init?(_ filename: borrowing Span<UInt8>) {
    guard let cut = WheelFilename(cutting: filename) else { return nil }
    self = cut
    guard isConforming(in: filename) else { return nil }
  }

  /// Whether every part keeps to the specification.
  func isConforming(in filename: borrowing Span<UInt8>) -> Bool {
    guard Self.isName(filename.extracting(name)),
      VersionScan.scan(filename.extracting(version)) != nil,
      build.isEmpty || filename[build.lowerBound].isDigit,
      Self.isTagSet(filename.extracting(python)), Self.isTagSet(filename.extracting(abi)),
      Self.isTagSet(filename.extracting(platform))
    else { return false }
    return Self.arePythonTags(filename.extracting(python))
  }

  /// Whether the parts are what the wheels of early tools have: dumb-pypi takes these too.
  ///
  /// Versions may be any text that begins with a digit; tags are words, and each Python tag ends
  /// in a digit.
  func isTolerable(in filename: borrowing Span<UInt8>) -> Bool {
    guard !name.isEmpty, !version.isEmpty, filename[version.lowerBound].isDigit,
      build.isEmpty || filename[build.lowerBound].isDigit
    else { return false }
    let abi = filename.extracting(abi)
    return Self.areWords(filename.extracting(python), endingInDigits: true)
      && Self.areWords(abi, endingInDigits: false)
      && abi.firstIndex(of: UInt8(ascii: "."), from: 0) == nil
      && Self.areWords(filename.extracting(platform), endingInDigits: false)
  }

  /// Whether each Python tag ends in a digit, and so names a version of Python.
  func namesPythonVersions(in filename: borrowing Span<UInt8>) -> Bool {
    let python = filename.extracting(python)
    for index in python.indices {
      let isEnd = index + 1 == python.count || python[index + 1] == UInt8(ascii: ".")
      if isEnd && !python[index].isDigit { return false }
    }
    return true
  }

  private static func isName(_ name: borrowing Span<UInt8>) -> Bool {
    guard !name.isEmpty else { return false }
    var previous: UInt8 = 0
    for index in name.indices {
      let byte = name[index]
      guard byte.isWord || byte == UInt8(ascii: ".") else { return false }
      if byte == UInt8(ascii: "_") && previous == byte { return false }
      previous = byte
    }
    return true
  }

  /// Whether `tags` is a list without empty members.
  private static func isTagSet(_ tags: borrowing Span<UInt8>) -> Bool {
    var previous = UInt8(ascii: ".")
    for index in tags.indices {
      if tags[index] == UInt8(ascii: ".") && previous == UInt8(ascii: ".") { return false }
      previous = tags[index]
    }
    return previous != UInt8(ascii: ".")
  }

  /// Whether each Python tag could be an identifier, so that `2.7.6` is refused.
  private static func arePythonTags(_ tags: borrowing Span<UInt8>) -> Bool {
    var atStart = true
    for index in tags.indices {
      let byte = tags[index]
      if byte == UInt8(ascii: ".") {
        atStart = true
        continue
      }
      guard byte.isWord, !(atStart && byte.isDigit) else { return false }
      atStart = false
    }
    return true
  }

  private static func areWords(
    _ tags: borrowing Span<UInt8>,
    endingInDigits: Bool
  ) -> Bool {
    var length = 0
    for index in 0...tags.count {
      if index == tags.count || tags[index] == UInt8(ascii: ".") {
        guard length >= (endingInDigits ? 2 : 1) else { return false }
        if endingInDigits && !tags[index - 1].isDigit { return false }
        length = 0
      } else {
        guard tags[index].isWord else { return false }
        length += 1
      }
    }
    return true
  }
}
