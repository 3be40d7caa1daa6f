import DescriptionMarkup
import Testing

@Suite struct MarkdownTests {
  @Test func libmd4cIsThere() throws {
    try DescriptionMarkup.prepare(.markdown)
    try DescriptionMarkup.prepare(.restructuredText)
  }

  @Test func headingsBeginBelowThoseOfThePageAndLeaveOutNoLevel() {
    #expect(
      markdown("# A\n\n### B\n\n##### C\n\n## D\n\n# E")
        == "<h3 id=\"description-a\">A</h3><h4 id=\"description-b\">B</h4>"
        + "<h5 id=\"description-c\">C</h5><h4 id=\"description-d\">D</h4>"
        + "<h3 id=\"description-e\">E</h3>"
    )
    #expect(markdown("## A\n\n# B").hasSuffix("<h3 id=\"description-b\">B</h3>"))
  }

  @Test func anEmptyHeadingIsNoneAndNoLevelToGoBelow() {
    #expect(markdown("#\n\n## ![](x)\n\n### A") == "<h3 id=\"description-a\">A</h3>")
  }

  @Test func headingsHaveTheNamesThatGitHubGivesThem() {
    let text = "# What's *new* in 2.0?\n\n# Über `code`_x\n\n# A\n\n# A\n\n# A-1\n\n# !"
    for name in ["whats-new-in-20", "über-code_x", "a", "a-1", "a-1-1", "section"] {
      #expect(markdown(text).contains("id=\"description-\(name)\""))
    }
  }

  @Test func linksToHeadingsLeadToThemAndOthersAreText() {
    #expect(
      markdown("[x](#usage) [y](#nowhere) [z](#%55sage)\n\n# Usage")
        == "<p><a href=\"#description-usage\">x</a> y <a href=\"#description-usage\">z</a></p>"
        + "<h3 id=\"description-usage\">Usage</h3>"
    )
  }

  @Test func onlyLinksToOtherSitesAndMailboxesAreLinks() {
    #expect(
      markdown("[a](https://x.example/?a=1&b=2) [b](HTTP://x) [c](mailto:a@b.example)")
        == "<p><a href=\"https://x.example/?a=1&amp;b=2\" rel=\"nofollow\">a</a>"
        + "<a href=\"HTTP://x\" rel=\"nofollow\">b</a>"
        + "<a href=\"mailto:a@b.example\" rel=\"nofollow\">c</a></p>"
    )
    #expect(
      markdown("[a](docs/x.md) [b](//x.example) [c](ftp://x) [d](/x) [e](?x)") == "<p>a b c d e</p>"
    )
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:alert(1)", "java&#9;script:x", "&#106;avascript:x",
    "javascript&colon;x", "<java\tscript:x>", "&#1;javascript:x", "vbscript:x", "data:text/html,x",
    "\u{1}javascript:x", "&Tab;javascript:x", "http&#58;//", "https:x",
  ])
  func noDisguiseMakesALinkToAScript(url: String) {
    #expect(!markdown("[x](\(url))").contains("href"))
  }

  @Test func aLinkCannotLeaveItsAttribute() {
    #expect(
      markdown("[x](<https://x.example/\"onclick='alert(1)'>)")
        == "<p><a href=\"https://x.example/%22onclick=&#39;alert(1)&#39;\" rel=\"nofollow\">x</a></p>"
    )
  }

  @Test func anImageIsALinkWithTheWordsForIt() {
    #expect(
      markdown("![Words](https://x.example/y.png)")
        == "<p><a href=\"https://x.example/y.png\" rel=\"nofollow\">Words</a></p>"
    )
    #expect(markdown("![Words](y.png) ![](https://x.example/y.png)") == "<p>Words </p>")
  }

  @Test func aBadgeIsTheLinkThatItIsIn() {
    let link = "<a href=\"https://ci.example/a?b\" rel=\"nofollow\">"
    #expect(
      markdown("[![Build](https://x.example/y.svg)](https://ci.example/a?b)")
        == "<p>\(link)Build</a></p>"
    )
    #expect(
      markdown("[![](https://x.example/y.svg)](https://ci.example/a?b)")
        == "<p>\(link)ci.example/a</a></p>"
    )
  }

  @Test func anEmptyLinkIsNothing() {
    #expect(markdown("a [](https://x.example/) b") == "<p>a  b</p>")
  }

  @Test func tasksShowWhetherTheyAreDone() {
    #expect(
      markdown("- [ ] a\n- [x] b\n- c") == "<ul><li>☐ a</li><li>☑ b</li><li>c</li></ul>"
    )
  }

  @Test func tablesHaveHeadsAndNoHeaderIsEmpty() {
    #expect(
      markdown("| | b |\n|---|:-:|\n| *c* | d |")
        == "<table><thead><tr><td></td><th>b</th></tr></thead>"
        + "<tbody><tr><td><em>c</em></td><td>d</td></tr></tbody></table>"
    )
  }

  @Test func codeCanBeScrolledByKeys() {
    #expect(
      markdown("```python\na < b\n```") == "<pre tabindex=\"0\"><code>a &lt; b </code></pre>"
    )
  }

  @Test func listsBeginWithTheirNumber() {
    #expect(markdown("3. a\n4. b") == "<ol start=\"3\"><li>a</li><li>b</li></ol>")
  }

  @Test func charactersThatHaveNamesAreThemselves() {
    #expect(
      markdown("&amp;lt; &copy; &#x41; &#0; &nonsense; AT&T")
        == "<p>&amp;lt; © A \u{FFFD} &amp;nonsense; AT&amp;T</p>"
    )
  }

  @Test func aLongRowOfHyphensIsARuleAndNoNesting() {
    #expect(
      markdown("a\n\n" + String(repeating: "-", count: 500) + "\n\nb") == "<p>a</p><hr><p>b</p>"
    )
  }
}
