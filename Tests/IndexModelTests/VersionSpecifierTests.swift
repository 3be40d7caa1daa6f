import IndexModel
import Testing

@Suite("Version specifiers")
struct VersionSpecifierTests {
  private func contains(
    _ set: VersionSpecifierSet,
    _ text: String,
    prereleases: Bool? = nil
  ) -> Bool {
    set.contains(text.utf8Span.span, prereleases: prereleases)
  }

  @Test(
    "Clauses match what PEP 440 says",
    arguments: [
      ("~=2.2", "2.2 2.2.post3 2.10 2.3a1 2.2+local", "2.1 3.0 3.0.dev0 2.2rc1 2"),
      ("~=1.4.5a4", "1.4.5a4 1.4.5 1.4.6 1.4.99", "1.4.5a3 1.5 1.4.5a4.dev1"),
      ("~=2.2.post3", "2.2.post3 2.3", "2.2 2.2.post2 3"),
      ("~=1!2.0", "1!2.0 1!2.5", "2.0 1!3.0 2!2.0"),
      ("==1.1", "1.1 1.1.0 1.1+local", "1.1.1 1.1a1 1.1.post1 1.1.dev1 1"),
      ("==1.1+a.1", "1.1+a.1 1.1.0+A-01", "1.1 1.1+a 1.1+a.1.0 1.1+a.2"),
      ("==1.1.*", "1.1 1.1.dev0 1.1a1 1.1.post1 1.1.9 1.1+x", "1 1.0 1.10 1.2.dev0 1!1.1"),
      ("==1.0.*", "1 1.0 1.0.0.5 1.dev0+x", "1.1 1.1.dev0 0.9"),
      ("==0.*", "0 0.9 0.dev0", "1.dev0 1!0"),
      ("!=1.1", "1.1a1 1.1.post1 1.2", "1.1 1.1.0 1.1+local"),
      ("!=1.1.*", "1.0 1.2.dev0", "1.1 1.1.5 1.1.dev1"),
      ("<=1.1", "1.1 1.1+local 1.1rc1 0", "1.1.post0.dev0 1.1.post1 1.1.1 1!0"),
      (">=1.1", "1.1 1.1+local 1.1.post1 1!0", "1.1rc1 1.1.dev0+x"),
      ("<1.1", "1.0 1.0.post5 1.0.9+x", "1.1 1.1a1 1.1.dev0 1.1.dev0+x"),
      ("<1.1rc1", "1.1b1 1.1rc1.dev1 1.0", "1.1rc1 1.1"),
      ("<1.1.post1", "1.1 1.1.post0 1.1rc1", "1.1.post1.dev0 1.1.post1"),
      (">1.7", "1.7.1 1.7.0.1 1.8.dev0", "1.7 1.7.0 1.7.post1 1.7.0.post2.dev3 1.7+x 1.6"),
      (">1.7.post2", "1.7.post3 1.7.post3.dev0 1.7.1", "1.7.post2 1.7.post2+x 1.7.0"),
      (">1.7a1", "1.7a2 1.7 1.7.post1", "1.7a1 1.7a1.post1 1.7a1+x"),
      (">1.7.dev1", "1.7.dev2 1.7.post1 1.7a1", "1.7.dev1 1.7.dev1+x"),
      ("===1.0", "1.0", "1 1.0.0 v1.0 1.0+x"),
      ("===foo-BAR", "foo-bar FOO-BAR", "foo-ba foo_bar 1.0"),
    ]
  )
  func matches(_ clause: String, _ inside: String, _ outside: String) throws {
    let set = try VersionSpecifierSet(clause)
    for text in inside.split(separator: " ") {
      #expect(contains(set, String(text)), "\(text) in \(clause)")
    }
    for text in outside.split(separator: " ") {
      #expect(!contains(set, String(text)), "\(text) not in \(clause)")
    }
  }

  @Test("Every clause but === leaves out versions that PEP 440 refuses")
  func leavesOutLegacy() throws {
    for clause in ["~=1.0", "==1.0", "==1.*", "!=1.0", "!=1.*", "<=9", ">=0", "<9", ">0"] {
      let set = try VersionSpecifierSet(clause)
      #expect(!contains(set, "1.0-final"), "\(clause)")
    }
    let every = try VersionSpecifierSet("")
    #expect(contains(every, "1.0-final"))
  }

  @Test(
    "What PEP 440 does not know is refused, with its place",
    arguments: [
      ("1.0", 0), ("=1.0", 0), ("==", 0), ("~=1", 0), ("~=1.0+x", 0), ("~=1.0.*", 0),
      (">=1.0+x", 0), ("<=1.0.*", 0), (">1.*", 0), ("==1.0a1.*", 0), ("==1.0+x.*", 0),
      ("==1.*.*", 0), ("==*", 0), ("==.*", 0), ("==1 .*", 0), ("=== a b", 0), ("===a;b", 0),
      ("===a)", 0), (">=1, nonsense", 5), (">=1,,\t<1_0", 6), ("> =1", 0), ("==1.0 ==2.0", 0),
      ("lol,==1", 0),
    ]
  )
  func refuses(_ text: String, _ offset: Int) {
    let error = #expect(throws: InvalidVersionSpecifier.self) { try VersionSpecifierSet(text) }
    #expect(error?.offset == offset)
    #expect(error.map { text.utf8.dropFirst(offset).starts(with: $0.clause.utf8) } == true)
  }

  @Test("Spaces and needless commas mean nothing")
  func readsLooseText() throws {
    let set = try VersionSpecifierSet(" ,>= 1.0 ,\t!=1.5.* ,, === 1.7\n,")
    #expect(set.description == ">=1.0,!=1.5.*,===1.7")
    #expect(set.clauses.map(\.comparison) == [.greaterOrEqual, .notEqual, .arbitrary])
    #expect(try VersionSpecifierSet(" , ").clauses.isEmpty)
  }

  @Test("A set names pre-releases by every operator but !=")
  func mentionsPrereleases() throws {
    for (text, expected) in [
      (">=1.0a1", true), ("==1.0.dev1", true), ("~=1.0rc1", true), ("===1.0b1", true),
      ("!=1.0a1", false), (">=1.0", false), ("==1.0.*", false), ("===1.0a1.*", false), ("", false),
      (">=1.0,<2.0.dev0", true),
    ] {
      #expect(try VersionSpecifierSet(text).mentionsPrerelease == expected, "\(text)")
    }
  }

  @Test(
    "Pre-releases pass a filter if named, asked for, or alone",
    arguments: [
      (">=1.2", nil, "1.2,1.5a1,1.0", "1.2"), (">=1.2", nil, "1.5a1,1.0", "1.5a1"),
      (">=1.2", true, "1.2,1.5a1,1.0", "1.2,1.5a1"), (">=1.2", false, "1.5a1,1.0", ""),
      (">=1.2a1", nil, "1.2,1.5a1", "1.2,1.5a1"), (">=1.2a1", false, "1.2,1.5a1", "1.2"),
      ("", nil, "1.5a1,1.0", "1.0"), ("", nil, "1.5a1", "1.5a1"), ("", false, "1.5a1", ""),
      ("", nil, "1.5a1,weird-x", "1.5a1,weird-x"), ("", nil, "weird-x,1.5a1,1", "weird-x,1"),
    ] as [(String, Bool?, String, String)]
  )
  func filters(_ set: String, _ prereleases: Bool?, _ texts: String, _ kept: String) throws {
    let specifiers = try VersionSpecifierSet(set)
    let result = specifiers.filter(texts.split(separator: ","), prereleases: prereleases) { text in
      specifiers.match(String(text).utf8Span.span)
    }
    #expect(result.joined(separator: ",") == kept)
    let versions = texts.split(separator: ",").compactMap { Version(String($0)) }
    let keptVersions = specifiers.filter(versions, prereleases: prereleases)
    #expect(keptVersions == kept.split(separator: ",").compactMap { Version(String($0)) })
  }

  @Test("One version alone is refused as a pre-release only on request")
  func containsPrereleases() throws {
    let set = try VersionSpecifierSet(">=1.0")
    let version = try #require(Version("2.0b1"))
    #expect(set.contains(version))
    #expect(set.contains(version, prereleases: true))
    #expect(!set.contains(version, prereleases: false))
    #expect(!contains(set, "2.0b1", prereleases: false))
  }

  @Test("=== sees a text as written, and a version as its normal form")
  func arbitraryEqualityComparesText() throws {
    let set = try VersionSpecifierSet("===V1.0")
    #expect(contains(set, "v1.0"))
    #expect(!set.contains(try #require(Version("v1.0"))))
  }
}
