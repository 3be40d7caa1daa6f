import IndexModel
import StrictJSON
import TestSupport
import Testing

@Suite("The catalog")
struct CatalogTests {
  @Test("Projects are ordered by the bytes of their normalized names")
  func ordersProjects() async throws {
    let catalog = try await Catalog.make(
      "Zope-1.zip",
      "a_b-1.zip",
      "A.B-2.zip",
      "a-1.zip",
      "a1-1.zip",
      "0-1.zip",
      "ab-1.zip"
    )
    #expect(
      catalog.lines.filter { !$0.hasPrefix("-") } == ["0", "a", "a-b", "a1", "ab", "zope"]
    )
  }

  @Test("Releases are ordered by version, files wheels first and in natural order")
  func ordersReleases() async throws {
    let catalog = try await Catalog.make(
      "foo-1.10.tar.gz",
      "foo-1.9-cp310-cp310-linux_x86_64.whl",
      "foo-1.9.zip",
      "foo-1.9-cp39-cp39-linux_x86_64.whl",
      "foo-1.9.tar.gz",
      "foo-2.0rc1.tar.gz",
      "foo-1.9-cp38-cp38-linux_x86_64.whl"
    )
    #expect(
      catalog.lines == [
        "foo",
        "- 1.9 final = foo-1.9-cp38-cp38-linux_x86_64.whl foo-1.9-cp39-cp39-linux_x86_64.whl "
          + "foo-1.9-cp310-cp310-linux_x86_64.whl foo-1.9.tar.gz foo-1.9.zip",
        "- 1.10 final latest = foo-1.10.tar.gz",
        "- 2.0rc1 prerelease = foo-2.0rc1.tar.gz",
      ]
    )
  }

  @Test("Natural order breaks ties by bytes: leading zeros, case, separators")
  func ordersFilesNaturally() async throws {
    let catalog = try await Catalog.make(
      "foo_1-1.0.zip",
      "Foo.1-1.0.zip",
      "foo-01-1.0.zip",
      "foo.1-1.0.zip",
      "FOO.1-1.00.zip"
    )
    let names = catalog.distributions.map { String(decoding: catalog.text.span[$0.filename]) }
    #expect(
      names == [
        "foo-01-1.0.zip", "FOO.1-1.00.zip", "Foo.1-1.0.zip", "foo.1-1.0.zip", "foo_1-1.0.zip",
      ]
    )
  }

  @Test("Spellings of one version are one release, equal versions that differ are two")
  func groupsReleases() async throws {
    let catalog = try await Catalog.make(
      "foo-1.0.tar.gz",
      "foo-1.0.0.tar.gz",
      "foo-1-py3-none-any.whl",
      "foo-V1.0.zip",
      "foo-1.0-1.zip",
      "foo-1.0.post1.tar.gz",
      "foo-1.0+LOCAL.1.zip",
      "foo-1.0+local-1.tar.gz"
    )
    #expect(
      catalog.lines == [
        "foo",
        "- 1 final = foo-1-py3-none-any.whl",
        "- 1.0 final = foo-1.0.tar.gz foo-V1.0.zip",
        "- 1.0.0 final = foo-1.0.0.tar.gz",
        "- 1.0+local.1 final = foo-1.0+LOCAL.1.zip foo-1.0+local-1.tar.gz",
        "- 1.0.post1 final latest = foo-1.0-1.zip foo-1.0.post1.tar.gz",
      ]
    )
  }

  @Test("Legacy versions come before all valid ones, files without a version stand at 0")
  func ordersLegacy() async throws {
    let catalog = try await Catalog.make(
      "foo-0.0.dev1.zip",
      "foo-final.zip",
      "foo-2004d.zip",
      "foo.zip",
      "foo-0.1.zip",
      "foo-dev-foo.x1.zip",
      "foo-1.0-final.zip"
    )
    #expect(
      catalog.lines == [
        "foo",
        "- final legacy = foo-final.zip",
        "- 1.0-final legacy = foo-1.0-final.zip",
        "- 2004d legacy = foo-2004d.zip",
        "- 0.0.dev1 prerelease = foo-0.0.dev1.zip",
        "-  unknown = foo.zip",
        "- 0.1 final latest = foo-0.1.zip",
        "foo-dev",
        "- foo.x1 legacy latest = foo-dev-foo.x1.zip",
      ]
    )
  }

  @Test("Numbers of any length keep their order")
  func ordersLongNumbers() async throws {
    let versions = [9, 39, 40, 41, 120, 240].map { String(repeating: "9", count: $0) }
    let names = versions.map { "foo-\($0).zip" }
    let catalog = await Catalog.build(from: try RecordBatch(names.reversed())).catalog
    #expect(
      catalog.distributions.map { String(decoding: catalog.text.span[$0.filename]) } == names
    )
    let tags = versions.map { "foo-1-\($0)-py3-none-any.whl" }
    let builds = await Catalog.build(from: try RecordBatch(tags.dropLast().reversed())).catalog
    #expect(
      builds.distributions.map { String(decoding: builds.text.span[$0.filename]) }
        == tags.dropLast()
    )
  }

  @Test("A strange wheel does not make a legacy release of a valid version")
  func keepsStabilityOfVersions() async throws {
    let catalog = try await Catalog.make(
      "foo_bar-0.9.tar.gz",
      "foo__bar-1.0-py3-none-any.whl",
      "foo_bar-1.0.tar.gz"
    )
    #expect(
      catalog.lines == [
        "foo-bar",
        "- 0.9 final = foo_bar-0.9.tar.gz",
        "- 1.0 final latest = foo__bar-1.0-py3-none-any.whl foo_bar-1.0.tar.gz",
      ]
    )
  }

  /// File names, of which those with a `!` in front are yanked, and the latest version.
  static let latest: [(String, String)] = [
    ("foo-1.0.zip foo-2.0rc1.zip", "1.0"), ("foo-1.0rc1.zip foo-2.0.dev1.zip", "2.0.dev1"),
    ("foo-1.0.zip !foo-2.0.zip", "1.0"), ("foo-1.0rc1.zip !foo-2.0.zip", "1.0rc1"),
    ("!foo-1.0.zip !foo-2.0rc1.zip", "1.0"), ("foo-x.zip !foo-2.0.zip", "x"),
    ("foo-x.zip foo-0.1.dev1.zip", "0.1.dev1"), ("foo.zip foo-x.zip", "x"), ("foo.zip", ""),
    ("foo-1.0.zip !foo-2.0.zip foo-2.0.tar.gz", "2.0"),
    ("foo-1.0.zip foo-1.0.post1.zip", "1.0.post1"),
    ("foo-9.zip foo-1!0.zip", "1!0"), ("foo-1.0.zip foo-1.0+x.zip", "1.0+x"),
  ]

  @Test("The latest release is the newest that is final and not yanked", arguments: latest)
  func choosesLatest(_ files: String, _ version: String) async throws {
    let lines = files.split(separator: " ").map { file in
      file.hasPrefix("!")
        ? "{\"filename\":\"\(file.dropFirst())\",\"yanked\":true}" : "{\"filename\":\"\(file)\"}"
    }
    let catalog = await Catalog.build(from: try DecodedRecord.decode(lines)).catalog
    let release = catalog.releases[catalog.projects[0].latest]
    #expect(String(decoding: catalog.text.span[release.version]) == version)
  }

  @Test("A release is yanked if all of its files are")
  func yanksReleases() async throws {
    let catalog = await Catalog.build(
      from: try DecodedRecord.decode([
        #"{"filename":"foo-1.zip","yanked":"x"}"#, #"{"filename":"foo-1.tar.gz","yanked":true}"#,
        #"{"filename":"foo-2.zip","yanked":true}"#, #"{"filename":"foo-2.tar.gz"}"#,
      ])
    ).catalog
    #expect(
      catalog.lines == [
        "foo", "- 1 final yanked = foo-1.tar.gz foo-1.zip",
        "- 2 final latest = foo-2.tar.gz foo-2.zip",
      ]
    )
  }

  @Test("An empty catalog has nothing in it")
  func buildsEmpty() async {
    let build = await Catalog.build(from: RecordBatch())
    #expect(build.catalog.lines.isEmpty)
    #expect(!build.catalog.hasFacts)
    #expect(build.duplicates.isEmpty)
  }

  @Test("The order of the records does not matter")
  func ignoresInputOrder() async throws {
    var random = SeededGenerator(seed: 71_408)
    var lines: [String] = []
    for project in ["a", "B", "c_d", "e.f"] {
      for version in ["1.0", "1.0.0", "2.0rc1", "final", "1.0-1", "0.1.dev3", "1!0"] {
        lines.append(#"{"filename":"\#(project)-\#(version).zip","size":\#(lines.count)}"#)
        lines.append(#"{"filename":"\#(project)-\#(version).tar.gz","summary":"\#(version)"}"#)
      }
      lines.append(#"{"filename":"\#(project).zip","yanked":true}"#)
    }
    let expected = await Catalog.build(from: try DecodedRecord.decode(lines)).catalog
    for _ in 0..<50 {
      lines.shuffle(using: &random)
      let catalog = await Catalog.build(from: try DecodedRecord.decode(lines)).catalog
      #expect(catalog.lines == expected.lines)
      #expect(catalog.records == expected.records)
    }
  }

  @Test("Ten thousand projects are each found again, whatever the order")
  func groupsManyProjects() async throws {
    var random = SeededGenerator(seed: 10_000)
    let names = (0..<10_000).map { "p\($0)-\($0 % 7).zip" }
    let catalog = await Catalog.build(
      from: try RecordBatch(
        (names + names.map { "\($0.dropLast(4)).1.zip" }).shuffled(using: &random)
      )
    ).catalog
    #expect(catalog.projects.count == 10_000)
    #expect(catalog.projects.allSatisfy { $0.distributions.count == 2 && $0.releases.count == 2 })
    let found = catalog.projects.map { String(decoding: catalog.text.span[$0.name]) }
    #expect(found == (0..<10_000).map { "p\($0)" }.sorted())
  }
}
