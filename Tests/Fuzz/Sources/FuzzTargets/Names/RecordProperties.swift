import IndexModel
import StrictJSON

/// A record that was written is the one that was read.
enum RecordProperties {
  static func check(_ line: [UInt8]) {
    for omitsBadDigests in [false, true] {
      var decoder = RecordDecoder()
      decoder.omitsBadDigests = omitsBadDigests
      decoder.acceptsDerivedKeys = omitsBadDigests
      var batch = RecordBatch()
      do throws(RecordProblem) {
        try decoder.decode(line: line.span, number: 7, into: &batch)
      } catch {
        let isIn = error.range.lowerBound >= 0 && error.range.upperBound <= line.count + 1
        require(isIn, "\(error.range) is not in a line of \(line.count) bytes")
        require(batch.records.isEmpty && error.code != "bug", "\(error)")
        continue
      }
      require(batch.records.count == 1 && batch.records[0].line == 7, "a line is one record")
      let written = full(batch)
      require(full(read(written)) == written, "a record changes when it is read again")
      _ = read(compatible(batch))
    }
  }

  /// Checks lines that Larder itself has made of what it has read.
  ///
  /// - Parameter mayRefuse: Whether their values may be wrong in a way that only records refuse.
  static func checkMade(_ lines: [UInt8], mayRefuse: Bool = true) {
    require(lines.isEmpty || lines.last == 0x0A, "the last line has no end")
    for line in lines.split(separator: 0x0A) {
      let line = Array(line)
      var decoder = RecordDecoder()
      var batch = RecordBatch()
      do throws(RecordProblem) {
        try decoder.decode(line: line.span, number: 1, into: &batch)
      } catch {
        let text = String(decoding: line, as: UTF8.self)
        let isOfMaker = ["json-syntax", "unknown-key", "duplicate-key", "bug"]
        // Bytes of a page that are no UTF-8 are no text of a record.
        let isAllowed = mayRefuse && (!isOfMaker.contains(error.code) || !line.isUTF8)
        require(isAllowed, "\(error.code): \(error.message): \(text)")
      }
    }
  }

  private static func read(_ line: [UInt8]) -> RecordBatch {
    var decoder = RecordDecoder()
    var batch = RecordBatch()
    do throws(RecordProblem) {
      let line = Array(line.dropLast())
      try decoder.decode(line: line.span, number: 7, into: &batch)
    } catch {
      let text = String(decoding: line, as: UTF8.self)
      fatalError("a record is written that is none: \(error): \(text)")
    }
    return batch
  }

  private static func full(_ batch: RecordBatch) -> [UInt8] {
    var line = ByteBuffer()
    RecordView(batch.records[0], in: batch).appendJSON(to: &line)
    return Array(line.span)
  }

  private static func compatible(_ batch: RecordBatch) -> [UInt8] {
    var line = ByteBuffer()
    let view = RecordView(batch.records[0], in: batch)
    RecordEncoder.appendCompatible(
      filename: view.filename,
      facts: view.facts,
      text: batch.text.span,
      to: &line
    )
    return Array(line.span)
  }
}
