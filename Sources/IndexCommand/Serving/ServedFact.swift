import IndexPipeline

/// Something that a person says of an index that is served, by the flag of its name.
enum ServedFact: String, CaseIterable {
  case folder, host, port, prefix, bucket

  /// What is taken of it, for people.
  var rule: String {
    switch self {
    case .folder:
      "a path without control characters and without any of \" $ % * ? [ \\ ] ` { }"
    case .host: "letters, digits, hyphens and dots"
    case .port: "a number from 1 to 65535"
    case .prefix: "parts of letters, digits and any of . _ ~ -, with slashes between them"
    case .bucket: "3 to 63 lower-case letters, digits, hyphens and dots"
    }
  }

  /// The text as a configuration has it.
  ///
  /// No server can be told all bytes in one way: a folder that would mean something else to one of
  /// them is refused, and no text is escaped.
  ///
  /// - Throws: `StageFailure` with the rule that the text breaks.
  func checked(_ text: String) throws(StageFailure) -> String {
    guard let taken = taken(Array(text.utf8)) else {
      throw StageFailure(
        .config,
        code: "unservable-value",
        "\"\(text)\" cannot be written into a configuration as --\(rawValue)",
        help: "give \(rule)"
      )
    }
    return String(decoding: taken, as: UTF8.self)
  }

  private func taken(_ text: [UInt8]) -> [UInt8]? {
    switch self {
    case .folder: Self.folder(text)
    case .host: Self.isOf(text, "-.") && text.count <= 253 ? text : nil
    case .port: Self.isPort(text) ? text : nil
    case .prefix: Self.prefix(text)
    case .bucket: Self.isBucket(text) ? text : nil
    }
  }

  /// The path without slashes at its end.
  private static func folder(_ text: [UInt8]) -> [UInt8]? {
    let path = text[...(text.lastIndex { $0 != UInt8(ascii: "/") } ?? -1)]
    let refused = Array("\"$%*?[\\]`{}".utf8)
    let isPlain = path.allSatisfy { $0 >= 0x20 && $0 != 0x7F && !refused.contains($0) }
    return path.isEmpty || !isPlain ? nil : Array(path)
  }

  /// The path with a slash at both ends.
  private static func prefix(_ text: [UInt8]) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "/"))
    // A part that begins with a dot would be hidden.
    guard parts.allSatisfy({ isOf(Array($0), "-._~") && $0.first != UInt8(ascii: ".") }) else {
      return nil
    }
    return parts.reduce([UInt8(ascii: "/")]) { $0 + $1 + [UInt8(ascii: "/")] }
  }

  private static func isPort(_ text: [UInt8]) -> Bool {
    guard let number = Int(String(decoding: text, as: UTF8.self)) else { return false }
    return 1...65_535 ~= number
  }

  private static func isBucket(_ text: [UInt8]) -> Bool {
    isOf(text, "-.") && 3...63 ~= text.count
      && !text.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
  }

  /// Whether all bytes are letters, digits or one of `others`, and there are some.
  private static func isOf(_ text: [UInt8], _ others: String) -> Bool {
    !text.isEmpty
      && text.allSatisfy {
        switch $0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: others.utf8.contains($0)
        }
      }
  }
}
