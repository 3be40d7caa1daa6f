import IndexPipeline
import IndexStages
import IndexTransport
import Testing

/// Files that are not what they were when a source looked at them.
@Suite struct FileChangeTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func file(_ content: FileContent) -> OutgoingFile {
    OutgoingFile(path: Array("pool/a-1.0.zip".utf8), content)
  }

  private func publish(_ file: OutgoingFile, _ mode: FilesystemSink.Mode) async throws {
    let sink = FilesystemSink(
      path: "\(scratch.path)/out",
      durable: false,
      mode: mode,
      publishesFiles: true
    )
    let session = try await sink.begin(Publication())
    do {
      try await session.write(files: [file])
      _ = try await session.commit()
    } catch {
      await session.abandon()
      throw error
    }
  }

  @Test(arguments: FilesystemSink.Mode.allCases)
  func areNotPublished(mode: FilesystemSink.Mode) async throws {
    try scratch.write("a-1.0.zip", "changed")
    let digest = try Digest.of("bytes".utf8Span.span).hexadecimal
    let path = Array("\(scratch.path)/a-1.0.zip".utf8)
    let changed = [
      FileContent(path: path, size: 5, sha256: digest),
      FileContent(sha256: digest) { Array("changed".utf8) },
    ]
    for content in changed {
      let failure = await #expect(throws: StageFailure.self) {
        try await publish(file(content), mode)
      }
      #expect(failure?.code == "file-changed")
      #expect(try scratch.status("out/pool/a-1.0.zip") == nil)
    }
    let right = FileContent(sha256: digest) { Array("bytes".utf8) }
    try await publish(file(right), mode)
    #expect(try scratch.read("out/pool/a-1.0.zip") == "bytes")
  }

  @Test func areSaidToBeGone() async throws {
    let gone = FileContent(path: Array("\(scratch.path)/none.zip".utf8), size: 5, sha256: "")
    let failure = await #expect(throws: StageFailure.self) {
      try await publish(file(gone), .generation)
    }
    #expect(failure?.code == "cannot-read" && failure?.message.contains("none.zip") == true)
  }
}
