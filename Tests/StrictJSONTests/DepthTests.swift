import StrictJSON
import Testing

@Suite struct DepthTests {
  static let depth = 100_000

  /// Texts of 100,000 levels: closed, and cut at the deepest place.
  static let towers: [[UInt8]] = {
    func tower(_ open: String, _ inner: String, _ close: String, per level: Int = 1) -> [[UInt8]] {
      let count = depth / level
      let opened = String(repeating: open, count: count) + inner
      return [Array(opened.utf8), Array((opened + String(repeating: close, count: count)).utf8)]
    }
    return tower("[", "", "]") + tower("{\"a\":", "1", "}") + tower("[{\"a\":", "1", "}]", per: 2)
  }()

  @Test(arguments: towers)
  func refusesDeepTexts(_ text: [UInt8]) throws {
    let mistake = try #require(mistakeOfCursor(in: text))
    #expect(mistake.code == .tooDeep(limit: 64))
    #expect(mistakeOfDocument(in: text) == mistake)
  }

  @Test(arguments: towers)
  func capsTheDepthOfTrees(_ text: [UInt8]) {
    let mistake = mistakeOfDocument(in: text, maximumDepth: .max)
    #expect(mistake?.code == .tooDeep(limit: JSONDocument.depthLimit))
  }

  @Test func skipsAnyDepthThatIsAllowed() {
    for (index, text) in Self.towers.enumerated() {
      let mistake = mistakeOfCursor(in: text, maximumDepth: Self.depth)
      #expect(mistake?.code == (index.isMultiple(of: 2) ? .unexpectedEnd : nil))
    }
  }

  @Test func findsClosingBracketsThatDoNotMatchFarDown() {
    for level in [1, 63, 64, 65, 127, 128, 129, 200] {
      var text = Array(String(repeating: "[", count: 200).utf8)
      text += Array(String(repeating: "]", count: 200).utf8)
      text[200 + level - 1] = UInt8(ascii: "}")
      let place = 200 + level - 1
      let mistake = mistakeOfCursor(in: text, maximumDepth: 200)
      #expect(mistake == JSONError(.unexpectedByte, at: place..<place + 1))
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 128, 512])
  func countsLevelsExactly(_ limit: Int) {
    for (depth, isAllowed) in [(limit, true), (limit + 1, false)] where depth > 0 {
      let text = Array(
        (String(repeating: "[", count: depth)
          + String(repeating: "]", count: depth)).utf8
      )
      let expected =
        isAllowed ? nil : JSONError(.tooDeep(limit: limit), at: limit..<limit + 1)
      #expect(mistakeOfCursor(in: text, maximumDepth: limit) == expected)
      if limit < JSONDocument.depthLimit || isAllowed {
        #expect(mistakeOfDocument(in: text, maximumDepth: limit) == expected)
      }
    }
  }

  @Test func countsOnlyWhatIsOpen() {
    let text = Array("[[],[],{},[{}]]".utf8)
    #expect(mistakeOfCursor(in: text, maximumDepth: 3) == nil)
    #expect(mistakeOfCursor(in: text, maximumDepth: 2)?.range == 11..<12)
  }
}
