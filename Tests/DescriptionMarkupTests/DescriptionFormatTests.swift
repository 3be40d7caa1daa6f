import DescriptionMarkup
import Testing

@Suite struct DescriptionFormatTests {
  private func format(_ type: String) -> DescriptionFormat {
    DescriptionFormat(contentType: type.utf8Span.span)
  }

  @Test func theTypeIsReadWithoutItsParametersInAnyCase() {
    #expect(format("text/markdown; charset=UTF-8; variant=GFM") == .markdown)
    #expect(format(" Text/Markdown ;variant=CommonMark") == .markdown)
    #expect(format("text/x-rst") == .restructuredText)
    #expect(format("text/plain") == .plain)
  }

  @Test func whatIsNotSaidIsRestructuredTextAndWhatIsNotKnownIsPlain() {
    #expect(format("") == .restructuredText)
    #expect(format("; charset=UTF-8") == .restructuredText)
    #expect(format("text/html") == .plain)
    #expect(format("text/markdownish") == .plain)
  }
}
