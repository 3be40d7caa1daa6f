import Testing

@Suite struct RawHTMLTests {
  @Test func tagsInALineAreDroppedAndTheirTextStays() {
    #expect(markdown("a <span onclick=x>b</span> c<br/>d <u>e") == "<p>a b c<br> d e</p>")
  }

  @Test func tagsThatMeanWhatMarkdownMeansDoIt() {
    #expect(
      markdown("<b>a</b> <i>b</i> <code>c</code> <a href=\"https://x.example/\">*d*</a>")
        == "<p><strong>a</strong><em>b</em><code>c</code>"
        + "<a href=\"https://x.example/\" rel=\"nofollow\"><em>d</em></a></p>"
    )
  }

  @Test func aTagThatIsNotClosedEndsWhereMarkdownEnds() {
    #expect(markdown("*a <b>b* c\n\nd") == "<p><em>a <strong>b</strong></em> c</p><p>d</p>")
    #expect(markdown("</b>*a</b>*</a>") == "<p><em>a</em></p>")
  }

  @Test func aCenteredHeadIsAHeadingAndALineOfLinks() {
    #expect(
      markdown(
        """
        <h1 align="center">
          <img src="https://x.example/logo.svg" alt="Logo"><br>
          Name
        </h1>
        <p align="center">
          <a href="https://ci.example/"><img src="https://x.example/b.svg" alt="CI"></a>
          <a href="https://docs.example/"><img src="https://x.example/c.svg" alt="Docs"></a>
        </p>

        Text
        """
      )
        == "<h3 id=\"description-name\"><a href=\"https://x.example/logo.svg\" rel=\"nofollow\">Logo</a>"
        + "<br>   Name </h3>"
        + "<p><a href=\"https://ci.example/\" rel=\"nofollow\">CI</a>"
        + "<a href=\"https://docs.example/\" rel=\"nofollow\">Docs</a></p><p>Text</p>"
    )
  }

  @Test func detailsAreParagraphs() {
    #expect(
      markdown("<details>\n<summary>More</summary>\n\n*Hidden*\n\n</details>")
        == "<p>More</p><p><em>Hidden</em></p>"
    )
  }

  @Test func scriptsStylesAndCommentsAreDroppedWithWhatTheyHold() {
    let text =
      "<script>\nif (a < b) {}\n\nx\n</script>\n\n<style>p {}</style>\n\n<!-- a\n\nb -->\n\nc"
    #expect(markdown(text) == "<p>c</p>")
    #expect(markdown("a <!-- b --> c") == "<p>a  c</p>")
    #expect(markdown("<script>\nnever closed") == "")
  }

  @Test func preformattedTextKeepsItsLines() {
    #expect(
      markdown("<pre>\na\n  b &lt;\n</pre>")
        == "<pre tabindex=\"0\"><code> a   b &lt; </code></pre>"
    )
  }

  @Test func anAttributeIsReadAsBrowsersReadIt() {
    let link = "<a href=\"https://x.example/\" rel=\"nofollow\">a</a>"
    for tag in [
      "<a href='https://x.example/'>", "<A HREF=https://x.example/>",
      "<a\nhref = \"https://x.example/\" >",
      "<a title=\"href=y>\" href=\"https://x.example/\" href=\"https://y.example/\">",
      "<a href=\"&#104;ttps://x.example/\">",
    ] {
      #expect(markdown(tag + "a</a>").contains(link), "\(tag)")
    }
  }

  @Test func whatAnImageShowsIsOnlyText() {
    #expect(
      markdown("<p><img alt='\"><script>x</script>' src=\"https://x.example/\"></p>")
        == "<p><a href=\"https://x.example/\" rel=\"nofollow\">&quot;&gt;&lt;script&gt;x&lt;/script&gt;</a></p>"
    )
  }
}
