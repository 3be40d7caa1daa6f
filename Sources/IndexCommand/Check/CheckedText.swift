import IndexPipeline

/// A pipeline that `check` looks at: a file, or a block of a Markdown file.
struct CheckedText {
  /// What it is called in the answer.
  let name: String
  /// The text; a block has empty lines before it, so that its lines have their numbers.
  let bytes: [UInt8]

  /// The pipelines of a file; none if it is a Markdown file that shows none, or another JSON file
  /// that a pattern has found.
  static func texts(of bytes: [UInt8], at path: String, isFound: Bool) -> [CheckedText] {
    guard path.hasEnding(".md") || path.hasEnding(".markdown") else {
      let isOther = isFound && !PipelineFile.isPipeline(bytes)
      return isOther ? [] : [CheckedText(name: path, bytes: bytes)]
    }
    return blocks(of: bytes).map { line, block in
      let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: line - 1)
      return CheckedText(name: "\(path):\(line)", bytes: padding + block)
    }
  }

  /// The fenced blocks of JSON that contain `"sinks"`, with the numbers of their first lines.
  private static func blocks(of bytes: [UInt8]) -> [(line: Int, block: [UInt8])] {
    var blocks: [(line: Int, block: [UInt8])] = []
    var fence: ArraySlice<UInt8>?
    var (start, block): (Int, [UInt8]) = (0, [])
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == UInt8(ascii: " ") }
      let marks = text.prefix { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "~") }
      if let open = fence {
        if marks.count >= open.count, marks.first == open.first {
          if contains("\"sinks\"", block) { blocks.append((start, block)) }
          fence = nil
        } else {
          block += line + [UInt8(ascii: "\n")]
        }
      } else if marks.count >= 3 {
        fence = marks
        (start, block) = (index + 2, [])
        let language = text[marks.endIndex...].prefix { $0 > 0x20 }
        // A block in another language is passed over: its text never holds pipelines.
        if !language.elementsEqual("json".utf8) { start = 0 }
      }
    }
    return blocks.filter { $0.line > 0 }
  }

  private static func contains(_ word: String, _ bytes: [UInt8]) -> Bool {
    !bytes.ranges(of: Array(word.utf8)).isEmpty
  }
}

extension String {
  /// Whether the last bytes of the text are those of `ending`.
  fileprivate func hasEnding(_ ending: String) -> Bool {
    utf8.reversed().starts(with: ending.utf8.reversed())
  }
}
