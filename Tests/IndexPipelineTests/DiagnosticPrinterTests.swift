import IndexPipeline
import Testing

@Suite("Diagnostics")
struct DiagnosticPrinterTests {
  @Test("A failure without a place is one line with its notes and help")
  func printsPlain() {
    let failure = StageFailure(
      .publish,
      code: "full",
      "no space",
      notes: ["first", "second"],
      help: "make room"
    )
    #expect(
      DiagnosticPrinter.text(of: failure) == """
        error[full]: no space
           = note: first
           = note: second
           = help: make room
        """
    )
  }

  @Test("The caret stands under what is meant, also behind wide and broken bytes")
  func placesCaret() {
    let bytes = Array("\u{E9}\u{1F4E6}\t".utf8) + [0xFF] + Array("bad rest".utf8)
    let excerpt = Excerpt(path: "f", line: 12, text: bytes, range: 8..<11, note: "here")
    let failure = StageFailure(.data, code: "x", "m", excerpt: excerpt)
    #expect(
      DiagnosticPrinter.text(of: failure) == """
        error[x]: m
           --> f:12:5
            |
         12 | \u{E9}\u{1F4E6}\u{FFFD}\u{FFFD}bad rest
            |     ^^^ here
            |
        """
    )
  }

  @Test("Nothing in a text can move the cursor or turn the direction of writing")
  func hidesControls() {
    let text = "a\u{1B}[31m\u{7F}\u{9B}\u{202E}\u{2066}\r\nb\u{E9}"
    #expect(
      DiagnosticPrinter.printable(Array(text.utf8)[...])
        == "a\u{FFFD}[31m\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b\u{E9}"
    )
  }
}
