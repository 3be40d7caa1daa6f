/// Why a record was left out, and where that is decided.
struct DropReason: Hashable, Sendable {
  private let bytes: [UInt8]
  private let textCount: Int

  init(_ text: String, _ place: String) {
    bytes = Array(text.utf8) + Array(place.utf8)
    textCount = text.utf8.count
  }

  /// Why.
  var text: String { String(decoding: bytes[..<textCount], as: UTF8.self) }

  /// The place in a pipeline file, such as `pipeline.json:24`; empty if there is none.
  var place: String { String(decoding: bytes[textCount...], as: UTF8.self) }
}
