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
    if !text.significantDigits(in: epoch.bounds).isEmpty {
      Self.append(number: epoch, of: text, to: &output)
      output.append(UInt8(ascii: "!"))
    }
    var components = Components(release, separatedIn: text)
    while let component = components.next() {
      Self.append(number: component, of: text, to: &output)
      if !components.isAtEnd { output.append(UInt8(ascii: ".")) }
    }
    if let phase {
      output.append(contentsOf: phase.spelling.utf8)
      Self.append(number: phaseNumber, of: text, to: &output)
    }
    if let post {
      output.append(contentsOf: ".post".utf8)
      Self.append(number: post, of: text, to: &output)
    }
    if let development {
      output.append(contentsOf: ".dev".utf8)
      Self.append(number: development, of: text, to: &output)
    }
    if hasLocal {
      output.append(UInt8(ascii: "+"))
      appendLocal(of: text, to: &output)
    }
  }

  /// Appends the normal form of the local version, without its `+`.
  func appendLocal(of text: Span<UInt8>, to output: inout [UInt8]) {
    var segments = Components(local, separatedIn: text)
    while let segment = segments.next() {
      if text.isAllDigits(in: segment.bounds) {
        Self.append(number: segment, of: text, to: &output)
      } else {
        for place in segment.bounds { output.append(text[place].lowercased) }
      }
      if !segments.isAtEnd { output.append(UInt8(ascii: ".")) }
    }
  }

  /// Whether the text is its own normal form, so that it can be used in its place.
  ///
  /// - Parameter text: The text that was scanned.
  /// - Complexity: O(`text.count`), no allocation.
  public func isNormalized(_ text: Span<UInt8>) -> Bool {
    var end = 0
    if !epoch.isEmpty {
      guard text[0] != UInt8(ascii: "0"), epoch.start == 0 else { return false }
      end = Int(epoch.end) + 1
    }
    guard release.start == end else { return false }
    var components = Components(release, separatedIn: text)
    while let component = components.next() {
      guard text.isNormalNumber(in: component.bounds) else { return false }
    }
    end = Int(release.end)
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

  /// Whether `word` and the normal `number` stand at `end`, which moves behind them; true when
  /// there is no word.
  private func isNormal(
    _ number: TextRange,
    after word: String?,
    from end: inout Int,
    of text: Span<UInt8>
  ) -> Bool {
    guard let word else { return true }
    guard Int(number.start) == end + word.utf8.count, text.isNormalNumber(in: number.bounds) else {
      return false
    }
    for expected in word.utf8 {
      guard text[end] == expected else { return false }
      end += 1
    }
    end = Int(number.end)
    return true
  }

  private func isLocalNormal(of text: Span<UInt8>, from end: Int) -> Bool {
    guard hasLocal else { return end == text.count }
    guard Int(local.end) == text.count else { return false }
    for place in local.bounds {
      let byte = text[place]
      guard byte.isLetterOrDigit || byte == UInt8(ascii: ".") else { return false }
    }
    var segments = Components(local, separatedIn: text)
    while let segment = segments.next() {
      guard text.isAllDigits(in: segment.bounds) else { continue }
      guard text.isNormalNumber(in: segment.bounds) else { return false }
    }
    return true
  }

  /// Appends a number without zeros at its start; no digits at all stand for 0.
  private static func append(
    number: TextRange,
    of text: Span<UInt8>,
    to output: inout [UInt8]
  ) {
    let digits = text.significantDigits(in: number.bounds)
    if digits.isEmpty { output.append(UInt8(ascii: "0")) } else { output.append(digits, of: text) }
  }
}

/// The parts of a release or a local version, one after the other.
struct Components: ~Escapable {
  private let text: Span<UInt8>
  private var place: Int
  private let end: Int

  @_lifetime(copy text)
  init(_ range: TextRange, separatedIn text: Span<UInt8>) {
    self.text = text
    place = Int(range.start)
    end = Int(range.end)
  }

  /// Whether every part was taken.
  var isAtEnd: Bool { place >= end }

  mutating func next() -> TextRange? {
    guard place < end else { return nil }
    let start = place
    while place < end, !text[place].isSeparator { place += 1 }
    let part = TextRange(start..<place)
    place += 1
    return part
  }
}

extension Span<UInt8> {
  /// The digits of `bounds` without zeros at their start: empty for the number 0.
  func significantDigits(in bounds: Range<Int>) -> Range<Int> {
    var start = bounds.lowerBound
    while start < bounds.upperBound, self[start] == UInt8(ascii: "0") { start += 1 }
    return start..<bounds.upperBound
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
