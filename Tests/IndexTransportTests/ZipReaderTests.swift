import IndexTransport
import Synchronization
import Testing

/// That only what is needed of an archive is fetched, and nothing of it is believed.
@Suite struct ZipReaderTests {
  /// A server that gives parts, and counts what it gave.
  private final class Server: ByteRangeReader {
    let content: [UInt8]
    let given = Mutex<[Range<Int>]>([])

    init(_ content: [UInt8]) { self.content = content }

    var size: Int { content.count }

    func bytes(in range: Range<Int>) throws -> [UInt8] {
      given.withLock { $0.append(range) }
      return Array(content[range])
    }
  }

  private static let metadata = Array("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n".utf8)

  private func wheel(_ names: [String] = ["acme-1.0.dist-info/METADATA"]) -> [UInt8] {
    var writer = ZipWriter()
    writer.add("acme.bin", [UInt8](repeating: 7, count: 3_000_000))
    for name in names { writer.add(name, Self.metadata) }
    return writer.archive
  }

  @Test("Two small parts of a wheel are enough for its metadata")
  func fetchesLittle() async throws {
    let server = Server(wheel())
    let found = try await ZipReader(server, tail: 4096).wheelMetadata()
    #expect(found.folder == Array("acme-1.0".utf8))
    #expect(found.bytes == Self.metadata)
    let parts = server.given.withLock { $0 }
    #expect(parts.count == 2)
    #expect(parts.map(\.count).reduce(0, +) < 4096 + 200)
  }

  @Test("A tail that is too short for the directory is followed by the directory")
  func fetchesDirectory() async throws {
    var writer = ZipWriter()
    for number in 0..<100 { writer.add("folder/file\(number).py", [1, 2, 3]) }
    writer.add("acme-1.0.dist-info/METADATA", Self.metadata)
    for tail in [22, 23, 100, 1000, 5000, 1 << 20] {
      let reader = try await ZipReader(MemoryRanges(writer.archive), tail: tail)
      try await reader.checkHeaders()
      #expect(reader.directory.members.count == 101)
      #expect(try await reader.wheelMetadata().bytes == Self.metadata)
    }
  }

  @Test("A tail that does not hold the end is followed by a longer one")
  func fetchesEnd() async throws {
    let reader = try await ZipReader(MemoryRanges(wheel()), tail: 5)
    #expect(try await reader.wheelMetadata().bytes == Self.metadata)
  }

  @Test(
    "A wheel has one METADATA in one folder",
    arguments: [
      ([], ArchiveProblem.Trick.noMetadata),
      (["acme-1.0.dist-info/WHEEL"], .noMetadata),
      (["acme/acme-1.0.dist-info/METADATA"], .noMetadata),
      (["acme-1.0.dist-info/METADATA/x"], .noMetadata),
      (["acme-1.0.dist-info/METADATA", "b-1.0.dist-info/METADATA"], .twoMetadataFiles),
      (["acme-1.0.dist-info/METADATA", "b-1.0.dist-info/WHEEL"], .twoFolders),
    ]
  )
  func wantsOneMetadata(_ names: [String], _ trick: ArchiveProblem.Trick) async throws {
    let reader = try await ZipReader(MemoryRanges(wheel(names)))
    let problem = await #expect(throws: ArchiveProblem.self) { try await reader.wheelMetadata() }
    #expect(problem?.trick == trick)
  }

  @Test("A server that gives less than was asked for has not the whole wheel")
  func noticesCuts() async throws {
    struct Cutter: ByteRangeReader {
      let content: [UInt8]
      var size: Int { content.count }
      func bytes(in range: Range<Int>) throws -> [UInt8] { Array(content[range].dropLast()) }
    }
    let problem = await #expect(throws: ArchiveProblem.self) {
      _ = try await ZipReader(Cutter(content: wheel()))
    }
    #expect(problem?.trick == .damaged)
  }

  @Test("What a server fails with is passed on")
  func passesFailuresOn() async throws {
    struct Broken: ByteRangeReader {
      struct Failure: Error {}
      let size = 100
      func bytes(in range: Range<Int>) throws -> [UInt8] { throw Failure() }
    }
    await #expect(throws: Broken.Failure.self) { _ = try await ZipReader(Broken()) }
  }

  @Test("Each problem is one line, whatever the archive holds")
  func saysOneLine() {
    for trick in ArchiveProblem.Trick.allCases {
      let line = ArchiveProblem(trick, "a detail").description
      #expect(line.utf8.allSatisfy { $0 >= 0x20 } && line.hasSuffix("(a detail)"))
    }
  }

  @Test("What is no tar archive is damaged")
  func refusesNoise() throws {
    let noise = Array("This is no archive at all.".utf8)
    let problem = #expect(throws: ArchiveProblem.self) {
      try SourceArchive.packageInfo(inTar: noise.span)
    }
    #expect(problem?.trick == .damaged)
  }
}
