import DescriptionMarkup
import Testing

@Suite struct HostileTextTests {
  @Test(arguments: [DescriptionFormat.markdown, .restructuredText, .plain])
  func bytesThatAreNoTextAreReplacedOrDropped(format: DescriptionFormat) {
    let shown = html([0x61, 0xFF, 0x00, 0x1B, 0x7F, 0x62, 0x0D, 0x0A, 0x63], as: format)
    #expect(shown.contains("a\u{FFFD}\u{FFFD}b c"))
  }

  @Test(arguments: [DescriptionFormat.markdown, .restructuredText, .plain])
  func anEmptyTextIsNoTrouble(format: DescriptionFormat) {
    #expect(html("", as: format) == (format == .plain ? "<pre></pre>" : ""))
    #expect(!html("\n\n \n", as: format).contains("<p>"))
  }

  @Test(arguments: [">", "- ", "1. ", "[", "![", "*a ", "`", "<b>", "<a href=x>", "|a", "- - "])
  func aHundredThousandMarksNestNoDeeperThanBrowsersLike(mark: String) {
    for format in [DescriptionFormat.markdown, .restructuredText] {
      let shown = html(String(repeating: mark, count: 100_000), as: format)
      #expect(deepest(shown) <= 50)
    }
  }

  @Test func deepListsKeepTheirTexts() {
    let text = (0..<100).map { String(repeating: "  ", count: $0) + "- a\($0)\n" }.joined()
    for format in [DescriptionFormat.markdown, .restructuredText] {
      let shown = html(text, as: format)
      #expect((0..<100).allSatisfy { shown.contains("a\($0)") })
      #expect(deepest(shown) <= 50)
    }
  }

  @Test func aTextOfMoreThan256KibibytesIsShownAsItIs() {
    let text = String(repeating: "*a* ", count: 1 << 16)
    #expect(markdown(text).hasPrefix("<p><em>a</em>"))
    #expect(markdown(text + "b").hasPrefix("<pre> *a*"))
    #expect(rest(text + "b").hasPrefix("<pre> *a*"))
  }

  @Test func aTextThatBecomesTooLongIsShownAsItIs() {
    let url = "https://x.example/" + String(repeating: "y", count: 1900)
    let links = String(repeating: "[a] ", count: 10_000) + "\n\n[a]: \(url)\n"
    #expect(markdown(links).hasPrefix("<pre> [a] [a]"))
    let names = String(repeating: "a_ ", count: 10_000) + "\n\n.. _a: \(url)\n"
    #expect(rest(names).hasPrefix("<pre> a_ a_"))
  }

  @Test func aSubstitutionCannotMakeALongTextOfAShortOne() {
    let words = String(repeating: "w", count: 10_000)
    let shown = rest(String(repeating: "|a| ", count: 1000) + "\n\n.. |a| replace:: \(words)\n")
    #expect(shown.utf8.count < 1 << 20)
  }

  @Test func substitutionsThatMeanThemselvesEnd() {
    #expect(rest("|a|\n\n.. |a| replace:: b |a|\n") == "<p>b |a|</p>")
    #expect(rest("a_\n\n.. _a: b_\n.. _b: a_\n") == "<p>a_</p>")
  }

  /// How deep tags are within each other.
  private func deepest(_ html: String) -> Int {
    var (depth, most) = (0, 0)
    for tag in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      if tag.hasPrefix("br") || tag.hasPrefix("hr") { continue }
      depth += tag.hasPrefix("/") ? -1 : 1
      most = max(most, depth)
    }
    #expect(depth == 0)
    return most
  }
}
