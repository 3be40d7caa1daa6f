import IndexModel
import StrictJSON
import TestSupport
import Testing

@Suite("Drafts of records")
struct RecordDraftTests {
  private static let digits = String(repeating: "0a", count: 32)

  @Test("A draft makes the record that its line makes, or both are refused")
  func makesWhatItsLineMakes() throws {
    var random = SeededGenerator(seed: 4)
    var (made, refused) = (0, 0)
    for number in 0..<20_000 {
      let draft = Self.draft(&random)
      var line = ByteBuffer()
      draft.append(to: &line)
      let batch = try? RecordBatch(jsonLines: line.span)
      let expected = batch.map { DecodedRecord($0.records[0], of: $0) }
      #expect(Self.record(of: draft) == expected, "\(number): \(String(decoding: line.span))")
      if expected == nil { refused += 1 } else { made += 1 }
    }
    #expect(made > 2_000 && refused > 2_000)
  }

  private static func record(of draft: borrowing RecordDraft) -> DecodedRecord? {
    var batch = RecordBatch()
    var decoder = RecordDecoder()
    guard let name = try? DistributionFilename(draft.filename.span) else { return nil }
    do throws(RecordProblem) {
      try decoder.decode(draft, named: name, number: 1, into: &batch)
      return DecodedRecord(batch.records[0], of: batch)
    } catch {
      #expect(batch.records.isEmpty)
      return nil
    }
  }

  private static func draft(_ random: inout SeededGenerator) -> RecordDraft {
    var draft = RecordDraft()
    let name = random.pick(["six-1.0-py3-none-any.whl", "six-1.0.tar.gz", "a b-1.zip"])
    draft.filename = Array(name.utf8)
    func sometimes(_ choices: [String], _ random: inout SeededGenerator) -> [UInt8] {
      random.oneIn(3) ? Array(random.pick(choices).utf8) : []
    }
    draft.url = sometimes(
      ["https://a.example/\(name)", "../\(name)", "https://a.example/b", "ftp://a/\(name)"],
      &random
    )
    for _ in 0..<Int.random(in: 0..<3, using: &random) {
      let algorithm = random.pick(["sha256", "SHA256", "blake2b_256", "md5", ""])
      let value = random.pick([digits, digits.uppercased(), "0b", "x", ""])
      draft.addDigest(algorithm.utf8Span.span, value.utf8Span.span)
    }
    let served = ["true", "false", "sha256=\(digits)", "sha256", "a=b=c"]
    draft.coreMetadata = sometimes(served, &random)
    draft.requiresPython = sometimes([">=3.8", ">=3.8, <\"4\"", "é"], &random)
    draft.isYanked = random.oneIn(4)
    if draft.isYanked { draft.yankedReason = sometimes(["broken\n", "é"], &random) }
    draft.provenance = sometimes(["https://a.example/p", "http://a.example/p"], &random)
    draft.uploadTime = sometimes(["2024-01-02T03:04:05.25Z", "2024-01-02", "now"], &random)
    draft.size = random.oneIn(2) ? random.pick([0, 5, .max, -1]) : nil
    draft.hasSignature = random.pick([nil, true, false])
    draft.isSizeApproximate = random.oneIn(4)
    draft.isUploadTimeApproximate = random.oneIn(4)
    if random.oneIn(20) { draft.requiresPython = [0xFF] }
    return draft
  }
}
