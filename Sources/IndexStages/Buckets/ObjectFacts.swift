import IndexPipeline
import IndexTransport

/// What the fields of an object tell, beside those of a listing.
struct ObjectFacts: Sendable, Equatable {
  /// The SHA-256 digest that the service made of the whole object, in hexadecimal digits.
  var sha256: String?
  /// The metadata that was asked for, by the key of a record that it is for.
  var metadata: [String: String] = [:]
}

/// Which facts are asked for, one request an object.
struct ObjectQuestions: Sendable, Equatable {
  /// The keys of records that metadata can give.
  static let recordKeys = [
    "sha256", "sha384", "sha512", "requires_python", "upload_time", "yanked",
  ]

  var wantsChecksum = false
  /// The names of metadata, by the key of a record that it is for.
  var metadata: [String: String] = [:]

  /// Whether there is nothing to ask.
  var isEmpty: Bool { !wantsChecksum && metadata.isEmpty }

  init() {}

  init(from settings: inout Settings) {
    wantsChecksum = settings.boolean(
      "checksums",
      "Whether each new object is asked for the SHA-256 checksum that the service may keep of it: "
        + "one request an object.",
      default: false
    )
    metadata = settings.object(
      "user_metadata",
      "Which metadata of objects, `x-amz-meta-...`, says what of a record: one request an object."
    ) { settings in
      var names: [String: String] = [:]
      for key in Self.recordKeys {
        guard let name = settings.metadataName(key) else { continue }
        names[key] = name
      }
      return names
    }
  }

  /// The facts in the answer to a request for the fields of an object.
  func facts(in response: HTTPResponse) -> ObjectFacts {
    var facts = ObjectFacts()
    if wantsChecksum { facts.sha256 = Self.checksum(in: response) }
    for (key, name) in metadata {
      if let value = response.field("x-amz-meta-\(name)"), !value.utf8.isEmpty {
        facts.metadata[key] = value
      }
    }
    return facts
  }

  /// The checksum, if it is one of the whole object and not of the checksums of its parts.
  private static func checksum(in response: HTTPResponse) -> String? {
    if response.field("x-amz-checksum-type") == "COMPOSITE" { return nil }
    guard let text = response.field("x-amz-checksum-sha256"),
      let bytes = Base64.bytes(of: text), bytes.count == DigestAlgorithm.sha256.byteCount
    else { return nil }
    return bytes.hexadecimal
  }
}

extension Settings {
  /// Reads the name of metadata, in lower case.
  fileprivate mutating func metadataName(_ key: String) -> String? {
    let name = string(
      key,
      "The name, without `x-amz-meta-`, of what is the `\(key)` of a record.",
      example: key
    )
    guard let name else { return nil }
    let bytes = name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    let lowercase = String(decoding: bytes, as: UTF8.self)
    if lowercase.utf8.starts(with: "x-amz-meta-".utf8) || HTTPField(name, "") == nil {
      refuse(
        "wrong-value",
        "\"\(key)\": \"\(name)\" is no name of metadata",
        field: key,
        help: "give the name without x-amz-meta-"
      )
    }
    return lowercase
  }
}
