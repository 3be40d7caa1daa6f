/// A piece of a text in a pipeline file: `${env:NAME}`, `${file:PATH}`, or the text between them.
struct Placeholder {
  /// What a piece stands for.
  enum Meaning {
    case text([UInt8])
    case variable(String, Fallback)
    case file(String)
    /// What is wrong with something that looks like a placeholder.
    case malformed(String)
  }

  /// What stands for a variable that is not set, or empty.
  enum Fallback {
    case none
    case value(String)
    case message(String)
  }

  let meaning: Meaning
  /// The bytes of the text.
  let range: Range<Int>

  /// Whether it is more than text.
  var isReference: Bool { if case .text = meaning { false } else { true } }

  /// Cuts a text into its pieces.
  ///
  /// `$${` is a plain `${`; a dollar sign before anything else, and `${NAME}`, are ordinary text:
  /// passwords hold them.
  static func pieces(of text: [UInt8]) -> [Placeholder] {
    var pieces: [Placeholder] = []
    var plain: [UInt8] = []
    var start = 0
    var index = 0
    while index < text.count {
      if text[index...].starts(with: "$${".utf8) {
        plain += "${".utf8
        index += 3
      } else if let piece = piece(at: index, in: text) {
        if start < index { pieces.append(Placeholder(meaning: .text(plain), range: start..<index)) }
        pieces.append(piece)
        plain = []
        index = piece.range.upperBound
        start = index
      } else {
        plain.append(text[index])
        index += 1
      }
    }
    if start < index { pieces.append(Placeholder(meaning: .text(plain), range: start..<index)) }
    return pieces
  }

  /// The placeholder at an offset, if there is one.
  private static func piece(at start: Int, in text: [UInt8]) -> Placeholder? {
    guard text[start...].starts(with: "${".utf8) else { return nil }
    let word = text[(start + 2)...].prefix { ($0 | 0x20) &- 0x61 < 26 }
    guard !word.isEmpty, word.endIndex < text.count, text[word.endIndex] == UInt8(ascii: ":") else {
      return nil
    }
    let body = text[(word.endIndex + 1)...].prefix { $0 != UInt8(ascii: "}") }
    guard body.endIndex < text.count else {
      return Placeholder(meaning: .malformed("\"}\" is missing"), range: start..<text.count)
    }
    return Placeholder(meaning: meaning(word, body), range: start..<body.endIndex + 1)
  }

  private static func meaning(_ word: ArraySlice<UInt8>, _ body: ArraySlice<UInt8>) -> Meaning {
    if word.elementsEqual("file".utf8) {
      return body.isEmpty ? .malformed("a path is missing") : .file(String(body))
    }
    guard word.elementsEqual("env".utf8) else {
      let scheme = Suggestion.word(for: String(word), among: ["env", "file"])
      let hint = scheme.map { "did you mean \"${\($0):\(String(body))}\"?" }
      return .malformed(hint ?? "write env or file before the colon")
    }
    let name = body.prefix { $0 == 0x5F || $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 }
    let rest = body[name.endIndex...]
    guard let first = name.first, first &- 0x30 >= 10 else {
      return .malformed("the name of a variable is missing")
    }
    if rest.isEmpty { return .variable(String(name), .none) }
    let text = String(rest.dropFirst(2))
    if rest.starts(with: ":-".utf8) { return .variable(String(name), .value(text)) }
    if rest.starts(with: ":?".utf8) { return .variable(String(name), .message(text)) }
    return .malformed("write a default as \"${env:\(String(name)):-value}\"")
  }
}

extension String {
  fileprivate init(_ bytes: ArraySlice<UInt8>) { self.init(decoding: bytes, as: UTF8.self) }
}
