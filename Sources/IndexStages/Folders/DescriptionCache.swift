import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// The descriptions of the newest files of a folder, kept from one run to the next.
///
/// They lie apart from the facts, as most files need none. Before each stands a line with the digest
/// of its metadata and the lengths of the text and of its media type.
struct DescriptionCache {
  private static var suffix: String { "descriptions.bin" }
  private static var title: String { "larder \(Release.version) descriptions 1" }

  private let cache: StageCache?
  /// The digests of what was kept.
  private let known: Set<String>
  /// What was kept.
  private(set) var texts = DescriptionTexts()

  /// Reads what an earlier run has kept.
  ///
  /// - Parameter cache: The place; nil to keep nothing.
  init(in cache: StageCache?) {
    self.cache = cache
    texts = cache.map(Self.read) ?? DescriptionTexts()
    known = Set(texts.places.keys)
  }

  private static func read(_ cache: StageCache) -> DescriptionTexts {
    guard let bytes = cache.read(suffix) else { return DescriptionTexts() }
    do throws(LibraryFailure) {
      if let texts = try parse(bytes) { return texts }
      cache.refuse(suffix, "it is damaged, or of another version")
    } catch {
      cache.refuse(suffix, error.reason)
    }
    return DescriptionTexts()
  }

  /// Keeps descriptions for the next run, unless they are those that were read.
  ///
  /// - Parameter wanted: The digests of the metadata whose descriptions are kept.
  func keep(_ texts: DescriptionTexts, _ wanted: Set<String>) {
    guard let cache, wanted != known else { return }
    if wanted.isEmpty { return cache.remove(Self.suffix) }
    do throws(LibraryFailure) {
      let file = try SealedLines.file(title: Self.title) { file in
        for digest in wanted.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
          if let place = texts.places[digest] {
            Self.append(digest, place, of: texts.bytes, to: &file)
          }
        }
      }
      cache.keep(file.span, in: Self.suffix)
    } catch {
      cache.refuse(Self.suffix, error.reason)
    }
  }

  private static func append(
    _ digest: String,
    _ place: DescriptionTexts.Place,
    of bytes: [UInt8],
    to file: inout ByteBuffer
  ) {
    file.append(utf8: digest)
    file.append("\t")
    file.append(decimal: place.text.count)
    file.append("\t")
    file.append(decimal: place.contentType.count)
    file.append("\n")
    file.append(bytes.span[place.text])
    file.append(bytes.span[place.contentType])
  }

  /// Finds all descriptions; nil if a byte is not what was written.
  private static func parse(_ bytes: [UInt8]) throws(LibraryFailure) -> DescriptionTexts? {
    guard let lines = try SealedLines.lines(of: bytes, title: title) else { return nil }
    var places: [String: DescriptionTexts.Place] = [:]
    var start = lines.lowerBound
    while start < lines.upperBound {
      guard let end = bytes.span.firstIndex(of: UInt8(ascii: "\n"), from: start) else { return nil }
      let fields = bytes[start..<end].split(separator: UInt8(ascii: "\t"))
      guard fields.count == 3, let text = length(fields[1]), let type = length(fields[2]),
        lines.upperBound - end > text + type
      else { return nil }
      let behind = end + 1 + text
      places[String(decoding: fields[0], as: UTF8.self)] = DescriptionTexts.Place(
        text: text == 0 ? .none : TextRange(end + 1..<behind),
        contentType: type == 0 ? .none : TextRange(behind..<behind + type)
      )
      start = behind + type
    }
    return DescriptionTexts(bytes: bytes, places: places)
  }

  private static func length(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...7).contains(digits.count), digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 })
    else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
  }
}
