/// Reads the grammar of PEP 440, appendix B, from left to right.
///
/// The grammar never needs to go back: no word is the start of a separator, and an optional
/// separator or number that is there may always be taken.
struct VersionCursor: ~Escapable {
  private let text: Span<UInt8>
  private var place: Int
  private let end: Int

  /// A word that starts a suffix of the release, in the order that suffixes must have.
  private enum Word {
    case phase(VersionScan.Phase)
    case post
    case development
  }

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) {
    let content = text.trimmedOfSpaces
    self.text = text
    place = content.lowerBound
    end = content.upperBound
  }

  mutating func version() -> VersionScan? {
    var scan = VersionScan()
    if lowercase(at: place) == UInt8(ascii: "v") { place += 1 }
    var number = digits()
    if byte(at: place) == UInt8(ascii: "!") {
      guard !number.isEmpty else { return nil }
      scan.epoch = number
      place += 1
      number = digits()
    }
    guard !number.isEmpty else { return nil }
    let start = number.start
    while byte(at: place) == UInt8(ascii: "."), byte(at: place + 1).isDigit {
      place += 1
      number = digits()
    }
    scan.release = VersionRange(start..<place)
    if place == end { return scan }
    suffixes(into: &scan)
    guard local(into: &scan) else { return nil }
    return place == end ? scan : nil
  }

  /// Takes pre-release, post-release and development release, each at most once, in this order.
  private mutating func suffixes(into scan: inout VersionScan) {
    while place < end, byte(at: place) != UInt8(ascii: "+") {
      let start = place
      if !scan.isPostrelease, !scan.isDevelopment, byte(at: place) == UInt8(ascii: "-"),
        byte(at: place + 1).isDigit
      {
        place += 1
        scan.post = digits()
        continue
      }
      separator()
      switch word() {
      case .phase(let phase)? where scan.phase == nil && scan.post == nil && !scan.isDevelopment:
        separator()
        scan.phase = phase
        scan.phaseNumber = digits()
      case .post? where scan.post == nil && !scan.isDevelopment:
        separator()
        scan.post = digits()
      case .development? where !scan.isDevelopment:
        separator()
        scan.development = digits()
      default:
        place = start
        return
      }
    }
  }

  /// Takes `+` and the local version, when there is one.
  ///
  /// - Returns: False when a `+` is followed by no local version.
  private mutating func local(into scan: inout VersionScan) -> Bool {
    guard byte(at: place) == UInt8(ascii: "+") else { return true }
    let start = place + 1
    repeat {
      place += 1
      let segment = place
      while lowercase(at: place).isLetterOrDigit { place += 1 }
      guard place > segment else { return false }
    } while byte(at: place).isSeparator
    scan.local = VersionRange(start..<place)
    return true
  }

  private mutating func digits() -> VersionRange {
    let start = place
    while byte(at: place).isDigit { place += 1 }
    return VersionRange(start..<place)
  }

  private mutating func separator() {
    if byte(at: place).isSeparator { place += 1 }
  }

  private mutating func word() -> Word? {
    switch lowercase(at: place) {
    case UInt8(ascii: "a"): take("alpha") || take("a") ? .phase(.alpha) : nil
    case UInt8(ascii: "b"): take("beta") || take("b") ? .phase(.beta) : nil
    case UInt8(ascii: "c"): take("c") ? .phase(.candidate) : nil
    case UInt8(ascii: "d"): take("dev") ? .development : nil
    case UInt8(ascii: "p"):
      if take("post") { .post } else { take("preview") || take("pre") ? .phase(.candidate) : nil }
    case UInt8(ascii: "r"):
      if take("rc") { .phase(.candidate) } else { take("rev") || take("r") ? .post : nil }
    default: nil
    }
  }

  /// Takes `word`, written in lower case, when it stands here in any case.
  private mutating func take(_ word: String) -> Bool {
    let next = place + word.utf8.count
    guard next <= end, text.spells(word, in: place..<next) else { return false }
    place = next
    return true
  }

  /// The byte at `offset`, or 0, which is no part of any version, past the end.
  @inline(__always)
  private func byte(at offset: Int) -> UInt8 {
    offset < end ? text[offset] : 0
  }

  @inline(__always)
  private func lowercase(at offset: Int) -> UInt8 {
    byte(at: offset).lowercased
  }
}
