public import IndexModel

extension RecordBatch {
  /// The records of lines numbered from 1, which are JSON if they begin with a brace, else file
  /// names.
  public init(lines: [String]) throws {
    self.init()
    var decoder = RecordDecoder()
    for (index, line) in lines.enumerated() {
      if line.utf8.first == UInt8(ascii: "{") {
        try decoder.decode(line: line.utf8Span.span, number: index + 1, into: &self)
      } else {
        try append(filename: line.utf8Span.span, line: index + 1)
      }
    }
  }
}
