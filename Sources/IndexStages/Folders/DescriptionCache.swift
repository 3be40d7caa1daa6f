import IndexPipeline
import IndexTransport
import StrictJSON

/// The descriptions of the newest files of a folder, kept from one run to the next.
///
/// They are known by the SHA-256 of the metadata that they are from, so that the wheels of a release
/// share one, and lie apart from the facts: most files need none.
struct DescriptionCache {
  private static var suffix: String { "descriptions.tsv" }
  private static var title: String { "larder \(Release.version) descriptions 1" }

  private let cache: StageCache?
  /// What records say of descriptions, as members of their objects, by the digest of the metadata;
  /// empty where the metadata has none.
  private(set) var members: [String: ArraySlice<UInt8>] = [:]

  /// Reads what an earlier run has kept.
  ///
  /// - Parameter cache: The place; nil to keep nothing.
  init(in cache: StageCache?) {
    self.cache = cache
    guard let cache, let bytes = cache.read(Self.suffix) else { return }
    do throws(LibraryFailure) {
      if let members = try Self.parse(bytes) {
        self.members = members
      } else {
        cache.refuse(Self.suffix, "it is damaged, or of another version")
      }
    } catch {
      cache.refuse(Self.suffix, error.reason)
    }
  }

  /// Keeps descriptions for the next run, unless they are those that were read.
  func keep(_ new: [String: ArraySlice<UInt8>]) {
    // What metadata of one digest says is always the same.
    guard let cache, new.count != members.count || new.keys.contains(where: { members[$0] == nil })
    else { return }
    if new.isEmpty { return cache.remove(Self.suffix) }
    do throws(LibraryFailure) {
      let text = try SealedLines.file(title: Self.title) { text in
        for (digest, members) in new {
          text.append(utf8: digest)
          text.append("\t")
          text.append(members.span)
          text.append("\n")
        }
      }
      cache.keep(text.span, in: Self.suffix)
    } catch {
      cache.refuse(Self.suffix, error.reason)
    }
  }

  /// Reads all lines; nil if a byte is not what was written.
  private static func parse(
    _ bytes: [UInt8]
  ) throws(LibraryFailure) -> [String: ArraySlice<UInt8>]? {
    guard let lines = try SealedLines.lines(of: bytes, title: title) else { return nil }
    var members: [String: ArraySlice<UInt8>] = [:]
    var start = lines.lowerBound
    while start < lines.upperBound {
      let end = bytes.span.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? lines.upperBound
      // The digest, and the tab behind it.
      guard end - start > 64 else { return nil }
      let digest = String(decoding: bytes[start..<start + 64], as: UTF8.self)
      members[digest] = bytes[(start + 65)..<end]
      start = end + 1
    }
    return members
  }
}
