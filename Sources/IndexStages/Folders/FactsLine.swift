import IndexTransport
import StrictJSON

/// A line of the cache: the identity of a file and its facts, in fields parted by tabs.
struct FactsLine: ~Escapable {
  private let text: Span<UInt8>
  private var place = 0

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) { self.text = text }

  /// Appends a line.
  static func append(_ identity: FileIdentity, _ facts: FileFacts, to output: inout ByteBuffer) {
    let numbers = [
      Int(identity.device), Int(identity.inode), Int(identity.size),
      Int(identity.modified.seconds), Int(identity.modified.nanoseconds),
      Int(identity.changed.seconds), Int(identity.changed.nanoseconds),
    ]
    for number in numbers {
      output.append(decimal: number)
      output.append("\t")
    }
    output.append(utf8: facts.digest ?? "-")
    output.append("\t")
    switch facts.metadata {
    case .unread: output.append("-\t")
    case .missing: output.append("none\t")
    case .found(let members, let digest):
      output.append(utf8: digest)
      output.append("\t")
      output.append(members.span)
    }
    output.append("\n")
  }

  /// Reads the line; nil if it is none that was written.
  @_lifetime(self: copy self)
  mutating func read() -> (FileIdentity, FileFacts)? {
    guard let device = number(), let inode = number(), let size = number(),
      let modified = time(), let changed = time()
    else { return nil }
    let identity = FileIdentity(
      device: UInt64(device.magnitude),
      inode: UInt64(inode.magnitude),
      size: UInt64(size.magnitude),
      modified: modified,
      changed: changed
    )
    var facts = FileFacts()
    let digest = field()
    if digest.count == 64 { facts.digest = String(decoding: text.extracting(digest)) }
    let metadata = field()
    switch metadata.count {
    case 64:
      facts.metadata = .found(
        members: Array(text.extracting(place...)),
        digest: String(decoding: text.extracting(metadata))
      )
    case 4: facts.metadata = .missing
    case 1: facts.metadata = .unread
    default: return nil
    }
    return (identity, facts)
  }

  /// The next field, without the tab behind it.
  @_lifetime(self: copy self)
  private mutating func field() -> Range<Int> {
    guard place <= text.count else { return place..<place }
    let end = text.firstIndex(of: UInt8(ascii: "\t"), from: place) ?? text.count
    defer { place = min(end + 1, text.count) }
    return place..<end
  }

  /// The next field as a decimal number of at most 18 digits.
  @_lifetime(self: copy self)
  private mutating func number() -> Int? {
    let field = field()
    let isNegative = !field.isEmpty && text[field.lowerBound] == UInt8(ascii: "-")
    let digits = field.dropFirst(isNegative ? 1 : 0)
    guard (1...18).contains(digits.count) else { return nil }
    var number = 0
    for index in digits {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return isNegative ? -number : number
  }

  @_lifetime(self: copy self)
  private mutating func time() -> FileTime? {
    guard let seconds = number(), let rest = number(), (0..<1_000_000_000).contains(rest) else {
      return nil
    }
    return FileTime(seconds: Int64(seconds), nanoseconds: UInt32(rest))
  }
}
