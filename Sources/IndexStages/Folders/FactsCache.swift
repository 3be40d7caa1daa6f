import IndexPipeline
import IndexTransport
import StrictJSON

/// The facts of the files of a folder, kept from one run to the next.
///
/// One line a file, in one file a source.
struct FactsCache {
  private static var suffix: String { "files.tsv" }
  private static var title: String { "larder \(Release.version) directory 2" }

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
      let text = try SealedLines.file(title: Self.title) { text in
        for (identity, facts) in kept { FactsLine.append(identity, facts, to: &text) }
      }
      cache.keep(text.span, in: Self.suffix)
    } catch {
      cache.refuse(Self.suffix, error.reason)
    }
  }

  /// Reads all lines; nil if a byte is not what was written.
  private static func parse(_ bytes: [UInt8]) throws(LibraryFailure) -> [FileIdentity: FileFacts]? {
    guard let lines = try SealedLines.lines(of: bytes, title: title) else { return nil }
    var facts: [FileIdentity: FileFacts] = [:]
    let text = bytes.span.extracting(lines)
    var start = 0
    while start < text.count {
      let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
      var line = FactsLine(text.extracting(start..<end))
      guard let (identity, known) = line.read() else { return nil }
      facts[identity] = known
      start = end + 1
    }
    return facts
  }
}
