import IndexTransport

/// What a page of the simple API says of a file, as it is written there.
struct ListedFile: Sendable {
  var filename: [UInt8] = []
  /// The link without its fragment.
  var href: [UInt8] = []
  /// The digests, in their order; HTML has one at most.
  var digests: [FileDigest] = []
  var requiresPython: [UInt8] = []
  /// Why it is yanked, which may be empty; nil if it is not.
  var yank: [UInt8]?
  /// The digest of its metadata, or that there is some; nil if the page tells of none.
  var metadata: MetadataClaim?
  var size: Int?
  /// What is wrong with the way the page says this, each with the code of a finding.
  var faults: [(code: String, message: String)] = []
}

/// What a page says of the metadata beside a file.
enum MetadataClaim: Sendable, Equatable {
  /// It is there.
  case there
  /// It is there, with this digest.
  case digest(FileDigest)
}

/// A digest as a page writes it.
struct FileDigest: Sendable, Equatable {
  let name: [UInt8]
  /// Hexadecimal digits.
  let digits: [UInt8]

  /// The algorithm, if it is one of those that installers know.
  var algorithm: DigestAlgorithm? {
    DigestAlgorithm.allCases.first { $0 != .blake2b && $0.rawValue.utf8.elementsEqual(name) }
  }

  /// What is wrong with it.
  var fault: String? {
    guard let algorithm else {
      return "installers do not know \"\(String(decoding: name, as: UTF8.self))\""
    }
    let isHexadecimal = digits.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
    }
    if isHexadecimal, digits.count == 2 * algorithm.byteCount { return nil }
    return
      "a \(algorithm.rawValue) digest has \(2 * algorithm.byteCount) hexadecimal digits in lower "
      + "case"
  }

  /// Reads `name=digits`.
  init?(_ text: ArraySlice<UInt8>) {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > text.startIndex else {
      return nil
    }
    self.init(name: Array(text[..<equals]), digits: Array(text[equals...].dropFirst()))
  }

  init(name: [UInt8], digits: [UInt8]) {
    self.name = name
    self.digits = digits
  }
}
