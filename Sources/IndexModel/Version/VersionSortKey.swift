/// The bytes that sort keys are made of, beside numbers.
///
/// A key is the epoch, the release without zeros at its end, the suffixes, each a mark and a
/// number, and at last `end`, or `local` and the local version. Wherever two keys part, the marks
/// and numbers that PEP 440 allows there are in its order, from `development` up to numbers, which
/// continue a release. So the order of keys as plain bytes is the order of versions.
enum VersionKeyMark: UInt8 {
  case development = 0x01
  case alpha, beta, candidate
  /// Ends the public version, or the local one.
  case end
  /// Starts the local version.
  case local
  /// In no key: a bound above a version with all of its local versions.
  case afterLocals
  case post
  /// In no key: a bound above a version with all of its post-releases.
  case afterPosts
  /// Starts a segment of a local version that is a word; such a word ends with a zero byte.
  case word
  /// Numbers start with this byte or a higher one.
  case number = 0x10
  /// In no key: a bound above all releases that start alike.
  case afterNumbers = 0xFF
}

extension VersionScan {
  /// Appends the sort key of any text: of a version, or of `LegacyVersion` when PEP 440 refuses it.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - key: What to append to.
  /// - Returns: The parts of the version, or nil when PEP 440 refuses the text.
  public static func scan(
    _ text: Span<UInt8>,
    appendingSortKeyTo key: inout [UInt8]
  ) -> VersionScan? {
    guard let scan = scan(text) else {
      LegacyVersion.appendSortKey(of: text, to: &key)
      return nil
    }
    scan.appendSortKey(of: text, to: &key)
    return scan
  }

  /// Appends a key that sorts among other such keys, byte by byte and a prefix first, as PEP 440
  /// orders versions.
  ///
  /// Keys are equal when the versions are, as 1.0 and 1.0.0 are. No key is the start of another, so
  /// that more may follow it. A common version takes fewer than ten bytes.
  ///
  /// - Parameters:
  ///   - text: The text that was scanned.
  ///   - key: What to append to.
  public func appendSortKey(of text: Span<UInt8>, to key: inout [UInt8]) {
    key.append(addingCapacity: Self.sortKeyCapacity(of: text)) { key in
      appendPublicKey(of: text, to: &key)
      if hasLocal { appendLocalKey(of: text, to: &key) }
      key.append(mark: .end)
    }
  }

  /// No byte of a version adds more than two bytes to its key; the epoch may be left out, and the
  /// end is never written.
  static func sortKeyCapacity(of text: Span<UInt8>) -> Int { 2 * text.count + 8 }

  /// Appends what the keys of the version and of all its local versions start with.
  func appendPublicKey(of text: Span<UInt8>, to key: inout OutputSpan<UInt8>) {
    appendReleaseKey(of: text, keepingZeros: false, to: &key)
    if let phase {
      switch phase {
      case .alpha: key.append(mark: .alpha)
      case .beta: key.append(mark: .beta)
      case .candidate: key.append(mark: .candidate)
      }
      key.append(number: phaseNumber, of: text)
    }
    if let post {
      key.append(mark: .post)
      key.append(number: post, of: text)
    }
    if let development {
      key.append(mark: .development)
      key.append(number: development, of: text)
    }
  }

  /// Appends the keys of the epoch and of the release, with or without the zeros at its end.
  func appendReleaseKey(of text: Span<UInt8>, keepingZeros: Bool, to key: inout OutputSpan<UInt8>) {
    key.append(number: epoch, of: text)
    var place = release.start
    var zeros = 0
    while place < release.end {
      let digits = text.takeNumber(at: &place, upTo: release.end)
      place += 1
      if digits.isEmpty {
        zeros += 1
      } else {
        for _ in 0..<zeros { key.append(mark: .number) }
        zeros = 0
        key.append(significant: digits, of: text)
      }
    }
    if keepingZeros { for _ in 0..<zeros { key.append(mark: .number) } }
  }

  private func appendLocalKey(of text: Span<UInt8>, to key: inout OutputSpan<UInt8>) {
    key.append(mark: .local)
    var segments = LocalSegments(local, of: text)
    while let segment = segments.next() {
      if text.isAllDigits(in: segment.bounds) {
        key.append(number: segment, of: text)
      } else {
        key.append(mark: .word)
        for place in segment.bounds { key.append(text[place].lowercased) }
        key.append(0)
      }
    }
  }
}

extension OutputSpan<UInt8> {
  @inline(__always)
  @_lifetime(self: copy self)
  mutating func append(mark: VersionKeyMark) {
    append(mark.rawValue)
  }

  /// Appends a number so that numbers sort by value; no digits at all stand for 0.
  @inline(__always)
  @_lifetime(self: copy self)
  fileprivate mutating func append(number: VersionRange, of text: Span<UInt8>) {
    append(significant: text.significantDigits(in: number), of: text)
  }

  /// Appends a number that does not start with 0: one byte up to 99, above that the count of
  /// digits before the digits.
  @inline(__always)
  @_lifetime(self: copy self)
  fileprivate mutating func append(significant digits: Range<Int>, of text: Span<UInt8>) {
    let zero = UInt8(ascii: "0")
    let base = VersionKeyMark.number.rawValue
    switch digits.count {
    case 0:
      append(base)
    case 1:
      append(base + (text[digits.lowerBound] - zero))
    case 2:
      let tens = text[digits.lowerBound] - zero
      append(base + tens * 10 + (text[digits.lowerBound + 1] - zero))
    case let count where count < 0xFE - 0x74 + 3:
      append(UInt8(0x74 + count - 3))
      append(digits, of: text)
    case let count:
      append(0xFE)
      append(UInt8(truncatingIfNeeded: count >> 8))
      append(UInt8(truncatingIfNeeded: count))
      append(digits, of: text)
    }
  }
}
