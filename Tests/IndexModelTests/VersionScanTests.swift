import IndexModel
import Testing

@Suite("Version texts")
struct VersionScanTests {
  /// Spelling and normal form.
  static let spellings: [(String, String)] = [
    ("1.0", "1.0"), ("01.002", "1.2"), ("0", "0"), ("000", "0"), ("1.0.0", "1.0.0"),
    ("v1.0", "1.0"), ("V1.0", "1.0"), (" \t\n\u{B}\u{C}\r1.0\u{1C}\u{1F}", "1.0"),
    ("0!1.0", "1.0"), ("01!1.0", "1!1.0"), ("1!2", "1!2"),
    ("1.0a", "1.0a0"), ("1.0a-1", "1.0a1"), ("1.0a.", "1.0a0"), ("1.0ALPHA_02", "1.0a2"),
    ("1.0-beta.3", "1.0b3"), ("1.0c4", "1.0rc4"), ("1.0pre5", "1.0rc5"),
    ("1.0-preview_3", "1.0rc3"), ("1.0RC1", "1.0rc1"),
    ("1.0-1", "1.0.post1"), ("1.0-rev", "1.0.post0"), ("1.0r7", "1.0.post7"),
    ("1.0_POST-02", "1.0.post2"), ("1.0a--1", "1.0a0.post1"), ("1.0arev", "1.0a0.post0"),
    ("1.0dev", "1.0.dev0"), ("1.0.3.dev-20110405", "1.0.3.dev20110405"),
    ("1.0a1-2_dev_3", "1.0a1.post2.dev3"),
    ("1.0+Ubuntu-1", "1.0+ubuntu.1"), ("1.0+ubuntu_01.x", "1.0+ubuntu.1.x"),
    ("1.0+000", "1.0+0"), ("1.0+01a", "1.0+01a"),
    ("1.3.7+build.11.e0f985a", "1.3.7+build.11.e0f985a"),
    ("0" + String(repeating: "9", count: 40), String(repeating: "9", count: 40)),
  ]

  private func scan(_ text: String) -> VersionScan? { VersionScan.scan(text.utf8Span.span) }

  private func isVersion(_ text: String) -> Bool { scan(text) != nil }

  @Test("Every spelling has the normal form of PEP 440", arguments: spellings)
  func normalizes(_ spelling: String, _ normal: String) throws {
    let version = try #require(Version(spelling))
    #expect(version.description == normal)
    let again = try #require(Version(normal))
    #expect(again.description == normal)
    #expect(again == version)
  }

  @Test("A text is normal exactly if it equals its normal form", arguments: spellings)
  func recognizesNormalForm(_ spelling: String, _ normal: String) throws {
    let parts = try #require(scan(spelling))
    let isNormal = parts.isNormalized(spelling.utf8Span.span)
    #expect(isNormal == (spelling == normal))
    let again = try #require(scan(normal))
    let isStillNormal = again.isNormalized(normal.utf8Span.span)
    #expect(isStillNormal)
  }

  @Test(
    "What PEP 440 refuses is refused",
    arguments: [
      "", " ", "v", "!", "!1", "1!", "1.0+", "1.0-", "1..0", ".1", "1.", "1_0", "1.0e1",
      "1.0-final", "1.0.dev1.post1", "1.0.dev1-1", "1.0a1b2", "1.0.post5.post2", "1.0-1-2",
      "1.0+a..b", "1.0+a.", "1.0+_a", "1.0+a+b", "1.0 a", "vv1", "v 1", "1.0\u{661}",
      "\u{A0}1.0", "1.0po\u{17F}t1", "1.0\0", "\0", "1.0.*", "latest", "0.1.3-py2.7",
    ]
  )
  func refuses(_ text: String) {
    #expect(!isVersion(text))
    #expect(Version(text) == nil)
  }

  @Test("Flags say what parts there are")
  func flagsParts() throws {
    for (text, flags) in [
      ("1.0", [false, false, false, false]), ("1.0b1", [true, false, false, false]),
      ("1.0.dev1", [true, true, false, false]), ("1.0-1", [false, false, true, false]),
      ("1.0.post1.dev0", [true, true, true, false]), ("1.0+a", [false, false, false, true]),
    ] {
      let parts = try #require(scan(text))
      #expect(
        [parts.isPrerelease, parts.isDevelopment, parts.isPostrelease, parts.hasLocal] == flags,
        "\(text)"
      )
    }
  }

  @Test("Parts of a version are in normal form")
  func partsAreNormal() throws {
    let version = try #require(Version("v01!1.02-PRE-3r4_dev+Ubuntu_05"))
    #expect(version.public == "1!1.2rc3.post4.dev0")
    #expect(version.base == "1!1.2")
    #expect(version.release == ["1", "2"])
    #expect(version.local == "ubuntu.5")
    #expect(Version("1.0")?.local == nil)
    #expect(Version("1.0")?.public == "1.0")
  }

  @Test("Texts up to 65,535 bytes are read, longer ones refused")
  func limitsLength() {
    let longest = String(repeating: "9", count: 65_535)
    #expect(Version(longest)?.description == longest)
    #expect(!isVersion(longest + "9"))
    #expect(!isVersion(longest + " "))
  }

  @Test("No byte after a version part is read past or crashes")
  func survivesEveryByte() {
    for start in ["", "1", "1.", "1!", "1a", "1-", "1.post", "1+", "1+a", "1+a.", " ", "v"] {
      for byte in UInt8.min...UInt8.max {
        let bytes = Array(start.utf8) + [byte]
        var key: [UInt8] = []
        let scan = VersionScan.scan(bytes.span, appendingSortKeyTo: &key)
        #expect((scan == nil) == (key.first == 0))
      }
    }
  }
}
