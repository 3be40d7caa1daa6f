import IndexModel
import Testing

/// What a file name says, as texts.
struct FilenameParts: Equatable, CustomTestStringConvertible {
  let kind: DistributionKind
  let project: String
  let version: String
  let isValid: Bool

  init(_ kind: DistributionKind, _ project: String, _ version: String, isValid: Bool = true) {
    (self.kind, self.project, self.version, self.isValid) = (kind, project, version, isValid)
  }

  init(_ filename: String) throws(FilenameProblem) {
    let bytes = Array(filename.utf8)
    let name = try DistributionFilename(bytes.span)
    var project: [UInt8] = []
    ProjectName.appendNormalized(bytes.span.extracting(name.name), to: &project)
    self.init(
      name.kind,
      String(decoding: project, as: UTF8.self),
      String(decoding: bytes[name.version], as: UTF8.self),
      isValid: name.hasValidVersion
    )
  }

  var testDescription: String { "\(kind) \(project) \(version) \(isValid ? "valid" : "legacy")" }
}

@Suite("File names of distributions")
struct DistributionFilenameTests {
  @Test(
    "Names that dumb-pypi pins are read as it reads them",
    arguments: [
      ("dumb_init-1.2.0-py2.py3-none-manylinux1_x86_64.whl", .init(.wheel, "dumb-init", "1.2.0")),
      (
        "numpy-1.11.1rc1-cp27-cp27m-macosx_10_6_intel.macosx_10_9_intel.macosx_10_9_x86_64.whl",
        .init(.wheel, "numpy", "1.11.1rc1")
      ),
      (
        "somepackage-1.2.3.4.post5.post2-py3-none-any.whl",
        .init(.wheel, "somepackage", "1.2.3.4.post5.post2", isValid: false)
      ),
      ("f-1.0+local-py3-none-any.whl", .init(.wheel, "f", "1.0+local")),
      ("aspy.yaml.zip", .init(.sdist, "aspy-yaml", "", isValid: false)),
      ("f.tar.gz", .init(.sdist, "f", "", isValid: false)),
      ("2.exe", .init(.wininst, "2", "", isValid: false)),
      ("ocflib-3-4.tar.gz", .init(.sdist, "ocflib-3-4", "", isValid: false)),
      ("foo-bar-1.tar.gz", .init(.sdist, "foo-bar-1", "", isValid: false)),
      ("foo-1.tar.gz", .init(.sdist, "foo", "1")),
      ("aspy.yaml-0.2.1.tar.gz", .init(.sdist, "aspy-yaml", "0.2.1")),
      ("pandas-0.2beta.tar.gz", .init(.sdist, "pandas", "0.2beta")),
      ("scikit-learn-0.15.1.tar.gz", .init(.sdist, "scikit-learn", "0.15.1")),
      ("flup-123-1.0.3.dev-20110405.tar.gz", .init(.sdist, "flup-123", "1.0.3.dev-20110405")),
      (
        "package-123-1.3.7+build.11.e0f985a.zip",
        .init(.sdist, "package-123", "1.3.7+build.11.e0f985a")
      ),
      ("abl.jquery-1.4.2-2.tar.gz", .init(.sdist, "abl-jquery", "1.4.2-2")),
      ("foo-v1.0.tar.gz", .init(.sdist, "foo", "v1.0")),
    ] as [(String, FilenameParts)]
  )
  func reads(_ filename: String, _ expected: FilenameParts) throws {
    #expect(try FilenameParts(filename) == expected)
  }

  @Test(
    "Versions that dumb-pypi gets wrong lose their platform",
    arguments: [
      ("mesos.cli-0.1.3-py2.7.egg", .init(.egg, "mesos-cli", "0.1.3")),
      ("dumb-init-0.1.0.linux-x86_64.tar.gz", .init(.dumb, "dumb-init", "0.1.0")),
      ("greenlet-0.3.4-py3.1-win-amd64.egg", .init(.egg, "greenlet", "0.3.4")),
      ("numpy-1.7.0.win32-py3.1.exe", .init(.wininst, "numpy", "1.7.0")),
      ("surf.sesame2-0.2.1_r291-py2.5.egg", .init(.egg, "surf-sesame2", "0.2.1_r291")),
      ("foo-1.0.win-amd64-py2.7.msi", .init(.msi, "foo", "1.0")),
      ("foo-1.0-1.noarch.rpm", .init(.rpm, "foo", "1.0")),
      ("foo-1.0.macosx-10.11-x86_64.zip", .init(.dumb, "foo", "1.0")),
      ("foo-1.0.dmg", .init(.dmg, "foo", "1.0")),
    ] as [(String, FilenameParts)]
  )
  func improves(_ filename: String, _ expected: FilenameParts) throws {
    #expect(try FilenameParts(filename) == expected)
  }

  @Test(
    "Eggs and RPM packages have a version without a dot too",
    arguments: [
      ("foo-1-py2.7.egg", .init(.egg, "foo", "1")),
      ("foo-1-py2.7-linux-x86_64.egg", .init(.egg, "foo", "1")),
      ("foo_py3-20120101-py2.7.egg", .init(.egg, "foo-py3", "20120101")),
      ("foo-py3-1.0-py2.7.egg", .init(.egg, "foo-py3", "1.0")),
      ("foo-1.0-dev-py2.7.egg", .init(.egg, "foo", "1.0-dev")),
      ("foo-2-1.noarch.rpm", .init(.rpm, "foo", "2")),
      ("python-foo-2-1.el7.x86_64.rpm", .init(.rpm, "python-foo", "2")),
      ("foo-1.0.noarch.rpm", .init(.rpm, "foo", "1.0")),
      ("foo-1.0-final-py2.7.egg", .init(.egg, "foo", "1.0-final-py2.7", isValid: false)),
    ] as [(String, FilenameParts)]
  )
  func readsBuiltNames(_ filename: String, _ expected: FilenameParts) throws {
    #expect(try FilenameParts(filename) == expected)
  }

  @Test("A version that is whole stays whole")
  func keepsWholeVersions() throws {
    #expect(try FilenameParts("foo-1.0+linux.2.tar.gz") == .init(.sdist, "foo", "1.0+linux.2"))
    #expect(
      try FilenameParts("foo-1.0-final.linux.tar.gz")
        == .init(.sdist, "foo", "1.0-final.linux", isValid: false)
    )
  }

  @Test(
    "Compressed archives have one extension",
    arguments: [
      "tar.gz", "tar.bz2", "tar.xz", "tar.zst", "tar.Z", "tar.lz", "tar.lzma", "tgz", "tbz", "txz",
      "tlz", "tar", "zip", "TAR.GZ", "Zip",
    ]
  )
  func cutsExtensions(_ suffix: String) throws {
    #expect(try FilenameParts("foo-1.0.\(suffix)") == .init(.sdist, "foo", "1.0"))
  }

  @Test("Each kind has the package type of the legacy JSON API")
  func namesPackageTypes() {
    let types = DistributionKind.allCases.map { "\($0.packageType)" }
    #expect(
      types == [
        "bdist_wheel", "sdist", "bdist_egg", "bdist_wininst", "bdist_msi", "bdist_rpm",
        "bdist_dmg", "bdist_dumb",
      ]
    )
  }

  @Test(
    "What is no safe name of a project's file is refused, with the reason",
    arguments: [
      ("", .empty), ("lol", .noExtension), ("lol-sup", .noExtension),
      ("-20160920.193125.zip", .hidden), (".foo-1.0.zip", .hidden),
      ("playlyfe-0.1.1-2.7.6-none-any.whl", .wheel), ("foo-1.0.whl", .wheel),
      ("foo-1.0-py3-none-any-x-y.whl", .wheel), ("foo-1.0--py3-none-any.whl", .wheel),
      ("-1.0-py3-none-any.whl", .hidden), ("foo-x-py3-none-any.whl", .wheel),
      ("foo-1.0-py-none-any.whl", .wheel), ("..", .dots), ("foo-1..0.zip", .dots),
      ("/blah-2.tar.gz", .path), ("lol-2.tar.gz/../", .path), ("a\\b-1.zip", .path),
      ("fo o-1.0.zip", .byte), ("foo-1.0.zip\n", .byte), ("foo\0-1.0.zip", .byte),
      ("caf\u{E9}-1.0.zip", .byte), ("foo\u{301}-1.zip", .byte), ("foo%2F-1.0.zip", .byte),
      ("foo#-1.0.zip", .byte), ("foo?-1.0.zip", .byte), ("\u{FEFF}foo-1.0.zip", .byte),
      ("_.zip", .noProject), ("_-1.0.zip", .noProject), ("+-1.0.zip", .noProject),
      ("..\u{301}/x-1.zip", .path), (String(repeating: "a", count: 252) + ".zip", .tooLong),
    ] as [(String, FilenameProblem)]
  )
  func refuses(_ filename: String, _ problem: FilenameProblem) {
    #expect(throws: problem) { try FilenameParts(filename) }
  }

  @Test(
    "Files that accompany a distribution are refused as such",
    arguments: ["asc", "metadata", "sig", "sha256", "md5", "sha512", "provenance"]
  )
  func refusesSidecars(_ suffix: String) {
    for filename in ["foo-1.0.tar.gz", "foo-1.0-py3-none-any.whl"] {
      #expect(throws: FilenameProblem.sidecar) { try FilenameParts("\(filename).\(suffix)") }
    }
  }

  @Test("A reason has the code of its kind")
  func codesProblems() {
    for problem in [FilenameProblem.empty, .path, .hidden, .dots, .byte, .tooLong] {
      #expect(problem.code == "unsafe-filename")
    }
    for problem in [FilenameProblem.noExtension, .sidecar, .wheel, .noProject] {
      #expect(problem.code == "invalid-filename")
    }
  }

  @Test("The longest file name is read to its end")
  func readsLongestName() throws {
    let digits = String(repeating: "9", count: 247)
    #expect(try FilenameParts("foo-\(digits).zip") == .init(.sdist, "foo", digits))
  }

  @Test(
    "Names with + or ! need an escape in URLs",
    arguments: [
      ("foo-1.0+a.tar.gz", true), ("foo-1!2.0-py3-none-any.whl", true), ("foo-1.0.tar.gz", false),
      ("a_b~c-1.0.zip", false),
    ]
  )
  func tellsWhatToEscape(_ filename: String, _ needsEscape: Bool) throws {
    let bytes = Array(filename.utf8)
    #expect(try DistributionFilename(bytes.span).needsEscape == needsEscape)
  }

  @Test(
    "Built distributions name their Python",
    arguments: [
      ("foo-1.0-py2.py3-none-any.whl", "py2.py3"), ("foo-1.0-1-cp311-abi3-win32.whl", "cp311"),
      ("mesos.cli-0.1.3-py2.7.egg", "2.7"), ("greenlet-0.3.4-py3.1-win-amd64.egg", "3.1"),
      ("numpy-1.7.0.win32-py3.1.exe", "3.1"), ("foo-1.0-py2.7.linux.egg", "2.7"),
      ("foo-1.0.linux-x86_64.tar.gz", nil), ("foo-1.0.win32.exe", nil), ("foo-1.0.dmg", nil),
    ] as [(String, String?)]
  )
  func namesPython(_ filename: String, _ expected: String?) throws {
    let bytes = Array(filename.utf8)
    let range = try DistributionFilename(bytes.span).pythonVersion(in: bytes.span)
    #expect(range.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
  }
}
