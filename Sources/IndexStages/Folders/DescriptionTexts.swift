import IndexModel

/// The descriptions of the newest files of a folder, by the SHA-256 of the metadata that they are from:
/// the wheels of a release share one.
///
/// All lie in one array, which becomes the text of the batch of their records: many megabytes are not
/// copied more often than needed.
struct DescriptionTexts: Sendable {
  /// Where a description and its media type lie; both empty where the metadata has none.
  struct Place: Sendable {
    let text: TextRange
    let contentType: TextRange
  }

  /// The bytes that the places are in.
  private(set) var bytes: [UInt8] = []
  /// The places, by the digest of the metadata.
  private(set) var places: [String: Place] = [:]

  init() {}

  init(bytes: [UInt8], places: [String: Place]) {
    self.bytes = bytes
    self.places = places
  }

  /// Adds a description, unless there is one of the same metadata.
  mutating func add(_ description: FactsReader.Description, of digest: String) {
    guard places[digest] == nil else { return }
    places[digest] = Place(
      text: append(description.text),
      contentType: append(description.contentType)
    )
  }

  private mutating func append(_ text: [UInt8]) -> TextRange {
    let start = bytes.count
    bytes += text
    return text.isEmpty ? .none : TextRange(start..<bytes.count)
  }

  /// Gives the bytes away.
  mutating func takeBytes() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    return taken
  }
}
