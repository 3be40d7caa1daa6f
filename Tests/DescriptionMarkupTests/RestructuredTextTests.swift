import Testing

@Suite struct RestructuredTextTests {
  @Test func sectionsHaveLevelsInTheOrderOfTheirFirstUse() {
    #expect(
      rest("=\nA\n=\n\nB\n~~~~\n\nC\n----\n\nD\n~~~~")
        == "<h3 id=\"description-a\">A</h3><h4 id=\"description-b\">B</h4>"
        + "<h5 id=\"description-c\">C</h5><h4 id=\"description-d\">D</h4>"
    )
  }

  @Test func referencesFindTheirTargetsWhereverTheyStand() {
    #expect(
      rest(
        "name_ `Two words`_ anon__ `t <https://t.example/>`_ Usage_ other_ __init__\n\n"
          + ".. _name: https://n.example/\n.. _two  Words: name_\n__ https://a.example/\n\nUsage\n====="
      )
        == "<p><a href=\"https://n.example/\" rel=\"nofollow\">name</a>"
        + "<a href=\"https://n.example/\" rel=\"nofollow\">Two words</a>"
        + "<a href=\"https://a.example/\" rel=\"nofollow\">anon</a>"
        + "<a href=\"https://t.example/\" rel=\"nofollow\">t</a>"
        + "<a href=\"#description-usage\">Usage</a> other_ __init__</p>"
        + "<h3 id=\"description-usage\">Usage</h3>"
    )
  }

  @Test func aPlaceBeforeASectionIsItsName() {
    #expect(
      rest("See `here`_.\n\n.. _here:\n\nUsage\n=====\n")
        == "<p>See <a href=\"#description-usage\">here</a>.</p><h3 id=\"description-usage\">Usage</h3>"
    )
  }

  @Test func aTargetThatIsNoLinkIsText() {
    #expect(rest("`a <javascript:alert(1)>`_ `b <docs/x.html>`_") == "<p>a b</p>")
  }

  @Test func badgesAreReplacedByLinksAndStayTogether() {
    let badge = "<a href=\"https://ci.example/\" rel=\"nofollow\">CI</a>"
    let image = "image:: https://x.example/a.svg\n   :alt: CI\n   :target: https://ci.example/\n"
    #expect(rest("|ci| text\n\n.. |ci| " + image) == "<p>\(badge) text</p>")
    #expect(rest(".. \(image)\n.. \(image)") == "<p>\(badge)\(badge)</p>")
  }

  @Test func rolesAreCodeWithoutTheirTargets() {
    #expect(
      rest(":class:`Foo` :py:meth:`run <Foo.run>` `x`:code: :PEP:`8#x` :strong:`s` `t` :a: b")
        == "<p><code>Foo</code><code>run</code><code>x</code> PEP 8 "
        + "<strong>s</strong><em>t</em> :a: b</p>"
    )
  }

  @Test func escapesAreOutsideOfCodeOnly() {
    #expect(rest("\\*a\\* ``\\*`` a\\ *b*") == "<p>*a* <code>\\*</code> a<em>b</em></p>")
  }

  @Test func whatReadsOtherFilesOrWritesHTMLDisappears() {
    let text = """
      a

      .. raw:: html

         <b>x</b>

      .. include:: /etc/passwd

      .. csv-table:: t
         :file: /etc/passwd

      .. contents::
      .. a comment
         of lines

      b
      """
    #expect(rest(text) == "<p>a</p><p>b</p>")
  }

  @Test func whatIsNotKnownIsShownAsItIs() {
    #expect(
      rest(".. mystery:: x <y>\n   z")
        == "<pre tabindex=\"0\"><code>.. mystery:: x &lt;y&gt;    z </code></pre>"
    )
    #expect(rest("`a *b |c| [d] _e") == "<p>`a *b |c| [d] _e</p>")
  }

  @Test func admonitionsAreQuotesWithATitle() {
    #expect(
      rest(".. note:: a\n   b\n\n   c")
        == "<blockquote><p><strong>Note</strong></p><p>a b</p><p>c</p></blockquote>"
    )
  }

  @Test func aSentenceThatBeginsWithANumberIsNoList() {
    #expect(rest("1. FC Köln\nplays") == "<p>1. FC Köln plays</p>")
  }

  @Test func cellsOfMoreRowsKeepAllTexts() {
    let table = "+---+---+\n| a | b |\n|   +---+\n|   | c |\n+---+---+"
    #expect(
      rest(table)
        == "<table><tbody><tr><td><p>a</p></td><td><p>b</p><p>c</p></td></tr></tbody></table>"
    )
  }

  @Test func aTableOfMoreColumnsIsShownAsItIs() {
    let table = "+---+---+\n| a     |\n+---+---+\n| b | c |\n+---+---+"
    #expect(rest(table).hasPrefix("<pre tabindex=\"0\"><code>+---+---+ | a     |"))
  }

  @Test func listsAndValuesBecomeTables() {
    let shown =
      "<table><thead><tr><th><p>a</p></th><th><p><em>b</em></p></th></tr></thead>"
      + "<tbody><tr><td><p>c, d</p></td><td></td></tr></tbody></table>"
    let list = ".. list-table::\n   :header-rows: 1\n\n   * - a\n     - *b*\n   * - c, d\n"
    #expect(rest(list) == shown)
    #expect(rest(".. csv-table::\n   :header: a, *b*\n\n   \"c,\n   d\"\n") == shown)
  }

  @Test func footnotesKeepTheirLabels() {
    #expect(rest("a [1]_\n\n.. [1] b") == "<p>a [1]</p><p>[1] b</p>")
  }

  @Test func tabsAreEightSpaces() {
    #expect(rest("- a\n\n\tb") == "<ul><li><p>a</p><blockquote><p>b</p></blockquote></li></ul>")
  }
}
