import IndexModel
import IndexPipeline
import IndexStages
import IndexTesting
import IndexTransport
import StrictJSON
import TestSupport
import Testing

@Suite("The contracts of the stages that ship")
struct ContractTests {
  @Test("The source of files keeps the contract of sources")
  func checksFileSource() async throws {
    let scratch = try ScratchFolder()
    try scratch.write("list", KitRecords.mixture.map { "\($0)\n" }.joined())
    try scratch.write("empty", "")
    let names = KitRecords.mixture.filter { $0.utf8.first != UInt8(ascii: "{") }
    try scratch.write("names", names.map { "\($0)\n" }.joined())
    try await checkSource(FileSource(path: "\(scratch.path)/list", badLines: .skip))
    try await checkSource(FileSource(path: "\(scratch.path)/names"))
    try await checkSource(FileSource(path: "\(scratch.path)/empty"))
  }

  @Test(
    "The source of HTTP keeps the contract of sources",
    arguments: ["list", "pool/", "simple/"]
  )
  func checksHTTPSource(path: String) async throws {
    let scratch = try ScratchFolder()
    try scratch.write("list", KitRecords.mixture.map { "\($0)\n" }.joined())
    try scratch.write("pool/a/a-1.0.tar.gz", "a")
    try scratch.write("pool/b-1.0.tar.gz", "b")
    try scratch.write("simple/index.html", "<a href=\"a/\">a</a>")
    try scratch.write("simple/a/index.html", "<a href=\"a-1.0.tar.gz#sha256=0\">a-1.0.tar.gz</a>")
    let server = try await ScratchServer(scratch.path)
    try await checkSource(
      HTTPSource.self,
      from: #"{ "type": "http", "url": "\#(server.url)\#(path)", "on_error": "skip" }"#
    )
  }

  @Test("The source of folders keeps the contract of sources")
  func checksDirectorySource() async throws {
    let scratch = try ScratchFolder()
    try scratch.write("wheels/old-1.0.tar.gz", "no archive")
    try scratch.write("wheels/older/acme-1.0.win32.exe", "a program")
    try scratch.write("wheels/older/acme-1.0.win32.exe.asc", "its signature")
    try scratch.makeFolder("empty")
    for folder in ["wheels", "empty"] {
      try await checkSource(
        DirectorySource.self,
        from: #"{ "type": "directory", "path": "\#(scratch.path)/\#(folder)", "on_error": "skip" }"#
      )
    }
  }

  @Test("The source of standard input describes itself")
  func checksStdinSource() throws {
    try checkOptions(ofSource: StdinSource.self)
  }

  @Test("The source of buckets describes itself")
  func checksS3Source() throws {
    try checkOptions(ofSource: S3Source.self)
  }

  @Test("The sink of folders keeps the contract of sinks", arguments: [true, false])
  func checksFilesystemSink(durable: Bool) async throws {
    let scratch = try ScratchFolder()
    let path = "\(scratch.path)/public"
    try await checkSink(FilesystemSink(path: path, durable: durable)) {
      guard try scratch.directory.status(of: [UInt8](path: "public").span) != nil else {
        return [:]
      }
      let folder = GoldenFolder(at: path)
      return try Dictionary(
        folder.names().map { ($0, try folder.read($0)) },
        uniquingKeysWith: { $1 }
      )
    }
  }

  @Test(
    "The sink of archives keeps the contract of sinks",
    arguments: [
      "x.tar", "x.tar.gz", "x.tar.zst", "x.tar.xz", "x.zip",
      #"x.tar", "memory": "1KiB""#, #"x.tar", "prefix": "a/b""#, #"x.zip", "durable": false"#,
    ]
  )
  func checksTarballSink(fields: String) async throws {
    let scratch = try ScratchFolder()
    let fields = fields.utf8.contains(UInt8(ascii: ",")) ? fields : "\(fields)\""
    let name = fields.split(separator: "\"").first.map { String($0) } ?? ""
    try await checkSink(
      TarballSink.self,
      from: #"{ "type": "tarball", "path": "\#(scratch.path)/\#(fields) }"#
    ) {
      guard try scratch.status(name) != nil else { return [:] }
      var pages: [String: [UInt8]] = [:]
      try ArchiveFiles.forEach(
        in: InputFile.open("\(scratch.path)/\(name)"),
        where: { _ in true },
        { path, content in
          let start = path.starts(with: "a/b/".utf8) ? 4 : 0
          pages[String(decoding: path[start...], as: UTF8.self)] = content
          return true
        }
      )
      return pages
    }
  }

  /// Every transform by its example.
  private static let transforms: [any Transform.Type] = [
    NormalizeTransform.self, FilterTransform.self, LatestTransform.self, DedupeTransform.self,
    SortTransform.self, SetTransform.self, RenameURLTransform.self, AnnotateTransform.self,
  ]

  @Test("Each transform keeps the contract of transforms", arguments: transforms.indices)
  func checksTransforms(index: Int) async throws {
    try await check(Self.transforms[index])
  }

  private func check<Subject: Transform>(_ type: Subject.Type) async throws {
    try await checkTransform(type, from: type.info.example)
  }

  @Test("What fills in missing facts keeps the contract of transforms where nothing is missing")
  func checksEnrichTransform() async throws {
    try await checkTransform(
      EnrichTransform.self,
      from: #"{ "type": "enrich", "hashes": [], "size": false, "metadata": false }"#
    )
  }

  @Test(
    "What fills in missing facts keeps the contract of transforms",
    arguments: ["fail", "skip"]
  )
  func checksEnrichTransformOnFiles(policy: String) async throws {
    let scratch = try ScratchFolder()
    var lines: [String] = []
    for name in ["acme-1.0.win32.exe", "acme-1.0-1.noarch.rpm", "other-1.0.msi"] {
      try scratch.write(name, "a program of \(name)")
      lines.append(name)
    }
    if policy.utf8.elementsEqual("skip".utf8) {
      try scratch.write("acme-1.0.tar.gz", "no archive")
      lines += ["acme-1.0.tar.gz", "gone-1.0.tar.gz"]
    }
    let server = try await ScratchServer(scratch.path)
    try await checkTransform(
      EnrichTransform.self,
      from: #"""
        { "type": "enrich", "base_url": "\#(server.url)", "on_error": "\#(policy)",
          "cache": false }
        """#,
      on: lines
    )
  }

  @Test("A program keeps the contract of sources")
  func checksExecSource() async throws {
    let lines = KitRecords.mixture.filter { $0.utf8.first == UInt8(ascii: "{") }
    let script = "cat <<'END'\n\(lines.joined(separator: "\n"))\nEND\n"
    try await checkSource(
      ExecSource.self,
      from: #"{"type":"exec","protocol":"jsonl","command":["sh","-c",\#(script.asJSON)]}"#
    )
  }

  @Test("A program keeps the contract of transforms")
  func checksExecTransform() async throws {
    try await checkTransform(
      ExecTransform.self,
      from: #"{ "type": "exec", "protocol": "jsonl", "command": ["cat"] }"#
    )
  }

  @Test("Each type that ships is checked here, but for programs as sinks")
  func isComplete() throws {
    // What a program publishes, only the tests with real programs can look at.
    let others = [
      FileSource.info, StdinSource.info, HTTPSource.info, S3Source.info, DirectorySource.info,
      FilesystemSink.info, HTTPSink.info, S3Sink.info, TarballSink.info,
      ExecSource.info, ExecTransform.info,
      ExecSink.info, ExecHook.info, EnrichTransform.info,
    ].map(\.type)
    let checked = Self.transforms.map { $0.info.type } + others
    #expect(try Registry.standard().entries.map(\.info.type).sorted() == checked.sorted())
  }

  @Test("The sinks of the network describe themselves")
  func checksRemoteSinks() throws {
    try checkOptions(ofSink: HTTPSink.self)
    try checkOptions(ofSink: S3Sink.self)
  }

  @Test("The hook describes itself")
  func checksHook() throws {
    try checkOptions(ofHook: ExecHook.self)
  }
}
