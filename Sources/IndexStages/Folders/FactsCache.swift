import IndexPipeline
import IndexTransport
import StrictJSON

/// The facts of the files of a folder, kept from one run to the next.
///
/// One line a file, fields parted by tabs, in one file a source: a line that names the writer comes
/// first, the SHA-256 of all others last, so that no damage goes unseen.
struct FactsCache {
  private static var suffix: String { "files.tsv" }
  private static var title: String { "larder \(Release.version) directory 1" }

  private let cache: StageCache?
  private(set) var facts: [FileIdentity: FileFacts] = [:]

  /// Reads what an earlier run has kept.
  ///
  /// - Parameter cache: The place; nil to keep nothing.
  init(in cache: StageCache?) {
    self.cache = cache
    guard let cache, let bytes = cache.read(Self.suffix) else { return }
    do throws(LibraryFailure) {
      if let facts = try Self.parse(bytes) {
        self.facts = facts
      } else {
        cache.refuse(Self.suffix, "it is damaged, or of another version")
      }
    } catch {
      cache.refuse(Self.suffix, error.reason)
    }
  }

  /// Keeps facts for the next run, unless they are those that were read.
  ///
  /// - Parameter start: When the folder was looked at. A file that was changed in that moment can be
  ///   changed once more without a trace, and is not kept.
  func keep(_ new: [FileIdentity: FileFacts], from start: FileTime) {
    guard let cache else { return }
    let kept = new.filter { $0.key.changed < start }
    if kept == facts { return }
    do throws(LibraryFailure) {
      var text = ByteBuffer()
      text.append(utf8: Self.title)
      text.append("\n")
      for (identity, facts) in kept { Self.append(identity, facts, to: &text) }
      let digest = try Digest.of(text.span).hexadecimal
      text.append(utf8: digest)
      text.append("\n")
      cache.keep(text.span, in: Self.suffix)
    } catch {
      cache.refuse(Self.suffix, error.reason)
    }
  }

  private static func append(
    _ identity: FileIdentity,
    _ facts: FileFacts,
    to text: inout ByteBuffer
  ) {
    let numbers = [
      Int(identity.device), Int(identity.inode), Int(identity.size),
      Int(identity.modified.seconds), Int(identity.modified.nanoseconds),
      Int(identity.changed.seconds), Int(identity.changed.nanoseconds),
    ]
    for number in numbers {
      text.append(decimal: number)
      text.append("\t")
    }
    text.append(utf8: facts.digest ?? "-")
    text.append("\t")
    switch facts.metadata {
    case .unread: text.append("-\t")
    case .missing: text.append("none\t")
    case .found(let members, let digest):
      text.append(utf8: digest)
      text.append("\t")
      text.append(members.span)
    }
    text.append("\n")
  }

  /// Reads all lines; nil if a byte is not what was written.
  private static func parse(_ bytes: [UInt8]) throws(LibraryFailure) -> [FileIdentity: FileFacts]? {
    // The digest and its newline.
    let end = bytes.count - 65
    guard end > 0 else { return nil }
    let digest = try Digest.of(bytes.span.extracting(..<end)).hexadecimal
    guard bytes[end...].elementsEqual("\(digest)\n".utf8) else { return nil }
    var facts: [FileIdentity: FileFacts] = [:]
    for (index, line) in bytes[..<end].split(separator: UInt8(ascii: "\n")).enumerated() {
      if index == 0 {
        guard line.elementsEqual(title.utf8) else { return nil }
        continue
      }
      guard let (identity, known) = entry(line) else { return nil }
      facts[identity] = known
    }
    return facts
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> (FileIdentity, FileFacts)? {
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard fields.count == 10 else { return nil }
    let numbers = fields[..<7].compactMap(number)
    guard numbers.count == 7, let device = UInt64(exactly: numbers[0]),
      let inode = UInt64(exactly: numbers[1]), let size = UInt64(exactly: numbers[2]),
      let nanoseconds = UInt32(exactly: numbers[4]),
      let changedNanoseconds = UInt32(exactly: numbers[6])
    else { return nil }
    let identity = FileIdentity(
      device: device,
      inode: inode,
      size: size,
      modified: FileTime(seconds: numbers[3], nanoseconds: nanoseconds),
      changed: FileTime(seconds: numbers[5], nanoseconds: changedNanoseconds)
    )
    var facts = FileFacts()
    if fields[7].count == 64 { facts.digest = String(decoding: fields[7], as: UTF8.self) }
    if fields[8].count == 64 {
      let digest = String(decoding: fields[8], as: UTF8.self)
      facts.metadata = .found(members: Array(fields[9]), digest: digest)
    } else if fields[8].count == 4 {
      facts.metadata = .missing
    }
    return (identity, facts)
  }

  /// A decimal number.
  private static func number(_ text: ArraySlice<UInt8>) -> Int64? {
    Int64(String(decoding: text, as: UTF8.self))
  }
}
