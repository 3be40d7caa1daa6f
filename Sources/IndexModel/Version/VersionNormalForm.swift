extension VersionScan.Phase {
  /// The normal spelling: a, b or rc.
  var spelling: String {
    switch self {
    case .alpha: "a"
    case .beta: "b"
    case .candidate: "rc"
    }
  }
}

extension VersionScan {
  /// Appends the normal form of the version, as PEP 440 defines it: `1!2.0rc3.post4.dev5+local.6`.
  ///
  /// Zeros at the end of the release stay; zeros at the start of a number go.
  ///
  /// - Parameters:
  ///   - text: The text that was scanned.
  ///   - output: What to append to.
  public func appendNormalized(of text: Span<UInt8>, to output: inout [UInt8]) {
    // The most that is added is `.post0.dev0` for `rdev`.
    output.append(addingCapacity: text.count + 16) { writeNormalized(of: text, to: &$0) }
  }

  private func writeNormalized(of text: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
    let epoch = text.significantDigits(in: epoch)
    if !epoch.isEmpty {
      output.append(epoch, of: text)
      output.append(UInt8(ascii: "!"))
    }
    var place = release.start
    while place < release.end {
      if place > release.start { output.append(UInt8(ascii: ".")) }
      output.append(significant: text.takeNumber(at: &place, upTo: release.end), of: text)
      place += 1
    }
    if let phase {
      output.append(phase.spelling)
      output.append(significant: text.significantDigits(in: phaseNumber), of: text)
    }
    if let post {
      output.append(".post")
      output.append(significant: text.significantDigits(in: post), of: text)
    }
    if let development {
      output.append(".dev")
      output.append(significant: text.significantDigits(in: development), of: text)
    }
    if hasLocal {
      output.append(UInt8(ascii: "+"))
      appendLocal(of: text, to: &output)
    }
  }

  /// Appends the normal form of the local version, without its `+`.
  func appendLocal(of text: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
    var segments = LocalSegments(local, of: text)
    while let segment = segments.next() {
      if text.isAllDigits(in: segment.bounds) {
        output.append(significant: text.significantDigits(in: segment), of: text)
      } else {
        for place in segment.bounds { output.append(text[place].lowercased) }
      }
      if !segments.isAtEnd { output.append(UInt8(ascii: ".")) }
    }
  }

  /// Whether the text is its own normal form, so that it can be used in its place.
  ///
  /// - Parameter text: The text that was scanned.
  /// - Returns: Whether `appendNormalized(of:to:)` would append this very text.
  /// - Complexity: O(`text.count`), no allocation.
  public func isNormalized(_ text: Span<UInt8>) -> Bool {
    var end = 0
    if !epoch.isEmpty {
      guard text[0] != UInt8(ascii: "0"), epoch.start == 0 else { return false }
      end = epoch.end + 1
    }
    guard release.start == end, isReleaseNormal(of: text) else { return false }
    end = release.end
    return isNormal(phaseNumber, after: phase?.spelling, from: &end, of: text)
      && isNormal(post ?? .empty, after: post == nil ? nil : ".post", from: &end, of: text)
      && isNormal(
        development ?? .empty,
        after: development == nil ? nil : ".dev",
        from: &end,
        of: text
      )
      && isLocalNormal(of: text, from: end)
  }

  private func isReleaseNormal(of text: Span<UInt8>) -> Bool {
    var place = release.start
    while place < release.end {
      let start = place
      let digits = text.takeNumber(at: &place, upTo: release.end)
      // Either no zero was skipped, or the number is the one zero.
      guard digits.lowerBound == start || place == start + 1 else { return false }
      place += 1
    }
    return true
  }

  /// Whether `word` and the normal `number` stand at `end`, which moves behind them; true when
  /// there is no word.
  private func isNormal(
    _ number: VersionRange,
    after word: String?,
    from end: inout Int,
    of text: Span<UInt8>
  ) -> Bool {
    guard let word else { return true }
    guard number.start == end + word.utf8.count, text.isNormalNumber(in: number.bounds) else {
      return false
    }
    for expected in word.utf8 {
      guard text[end] == expected else { return false }
      end += 1
    }
    end = number.end
    return true
  }

  private func isLocalNormal(of text: Span<UInt8>, from end: Int) -> Bool {
    guard hasLocal else { return end == text.count }
    guard local.end == text.count else { return false }
    for place in local.bounds {
      let byte = text[place]
      guard byte.isLetterOrDigit || byte == UInt8(ascii: ".") else { return false }
    }
    var segments = LocalSegments(local, of: text)
    while let segment = segments.next() {
      guard text.isAllDigits(in: segment.bounds) else { continue }
      guard text.isNormalNumber(in: segment.bounds) else { return false }
    }
    return true
  }
}

/// The segments of a local version, one after the other.
struct LocalSegments: ~Escapable {
  private let text: Span<UInt8>
  private var place: Int
  private let end: Int

  @_lifetime(copy text)
  init(_ range: VersionRange, of text: Span<UInt8>) {
    self.text = text
    place = range.start
    end = range.end
  }

  /// Whether every part was taken.
  var isAtEnd: Bool { place >= end }

  mutating func next() -> VersionRange? {
    guard place < end else { return nil }
    let start = place
    while place < end, !text[place].isSeparator { place += 1 }
    let part = VersionRange(start..<place)
    place += 1
    return part
  }
}

extension Span<UInt8> {
  /// The number at `place`, which moves behind it, without zeros at its start: empty for 0.
  @inline(__always)
  func takeNumber(at place: inout Int, upTo end: Int) -> Range<Int> {
    while place < end, self[place] == UInt8(ascii: "0") { place += 1 }
    let start = place
    while place < end, self[place].isDigit { place += 1 }
    return start..<place
  }

  /// The digits of a number without zeros at their start: empty for 0.
  @inline(__always)
  func significantDigits(in number: VersionRange) -> Range<Int> {
    var start = number.start
    return takeNumber(at: &start, upTo: number.end)
  }

  func isAllDigits(in bounds: Range<Int>) -> Bool {
    for place in bounds where !self[place].isDigit { return false }
    return true
  }

  /// Whether the digits in `bounds` are a number without a needless zero at its start.
  fileprivate func isNormalNumber(in bounds: Range<Int>) -> Bool {
    !bounds.isEmpty && (bounds.count == 1 || self[bounds.lowerBound] != UInt8(ascii: "0"))
  }
}

extension OutputSpan<UInt8> {
  /// Appends digits that do not start with 0, or `0` when there are none.
  @_lifetime(self: copy self)
  fileprivate mutating func append(significant digits: Range<Int>, of text: Span<UInt8>) {
    if digits.isEmpty { append(UInt8(ascii: "0")) } else { append(digits, of: text) }
  }
}
