import StrictJSON
import Testing

/// Damaged texts: nothing crashes, and both readers say the same.
@Suite struct DamageTests {
  let text = Array(sample.utf8)

  @Test func acceptsTheSample() {
    #expect(mistakeOfCursor(in: text) == nil)
    #expect(mistakeOfDocument(in: text) == nil)
  }

  @Test func refusesEveryTruncation() throws {
    let end = try #require(text.lastIndex(of: UInt8(ascii: "}")))
    for count in 0...end {
      let cut = Array(text[..<count])
      let mistake = try #require(mistakeOfDocument(in: cut), "\(count) bytes were accepted")
      #expect(mistakeOfCursor(in: cut) == mistake)
      #expect(mistake.range.upperBound <= count)
    }
  }

  @Test func readersAgreeOnEveryMutation() {
    let text = Array(
      #"{"a":[10,-0.5e+3,"x\n\u00e9\ud83d\ude00é/"], "b":{"c":true,"d":null},"e":[{},[],false]}"#
        .utf8
    )
    #expect(mistakeOfDocument(in: text) == nil)
    var refused = 0
    // Collected first: a check for each of the texts takes longer than to read them.
    var disagreements: [String] = []
    for place in text.indices {
      var mutated = text
      for byte in UInt8.min...UInt8.max {
        mutated[place] = byte
        if !readersAgree(on: mutated) { disagreements.append("byte \(byte) at \(place)") }
        if mistakeOfCursor(in: mutated) != nil { refused += 1 }
      }
    }
    #expect(disagreements.isEmpty)
    // Most bytes are structure, where most values break the text.
    #expect(refused > text.count * 256 * 3 / 4)
  }

  @Test func readersAgreeOnEveryDeletionAndInsertion() {
    for place in text.indices {
      var shorter = text
      shorter.remove(at: place)
      #expect(readersAgree(on: shorter), "deleted at \(place)")
      for byte in "\"\\[]{},:0-.eEtu \n\u{1}'/".utf8 {
        var longer = text
        longer.insert(byte, at: place)
        #expect(readersAgree(on: longer), "inserted \(byte) at \(place)")
      }
    }
  }

  @Test func namesRangesInsideTheText() throws {
    for place in text.indices {
      for byte in "\"\\[]{},:0-.x #\n\u{FF}'/".utf8 {
        var mutated = text
        mutated[place] = byte
        guard let mistake = mistakeOfDocument(in: mutated) else { continue }
        #expect(mistake.range.lowerBound >= 0 && mistake.range.upperBound <= mutated.count)
        #expect(!mistake.message.isEmpty && !mistake.hint.isEmpty)
        _ = JSONPointer(at: mistake.range.lowerBound, in: mutated.span)
      }
    }
  }
}
