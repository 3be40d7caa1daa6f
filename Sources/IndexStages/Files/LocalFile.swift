import IndexPipeline
import IndexTransport

/// A file on its way to a sink, open to be read.
struct LocalFile: ~Copyable, Sendable {
  private static var blockSize: Int { 1 << 18 }

  private let file: OutgoingFile
  /// What lies in memory; nil if it is a file.
  private let bytes: [UInt8]?
  private var input: InputFile?

  private init(_ file: OutgoingFile, _ bytes: [UInt8]?, _ input: consuming InputFile?) {
    self.file = file
    self.bytes = bytes
    self.input = input
  }

  /// Opens a file.
  ///
  /// - Throws: `StageFailure` if it cannot be read.
  static func open(_ file: OutgoingFile) async throws -> LocalFile {
    switch file.content.place {
    case .memory(let make): LocalFile(file, try await make(), nil)
    case .file(let path): LocalFile(file, nil, try input(path, of: file))
    }
  }

  private static func input(
    _ path: [UInt8],
    of file: OutgoingFile
  ) throws(StageFailure) -> InputFile {
    do throws(IOFailure) {
      let folder = try Directory.open([UInt8](path: ".").span)
      return try folder.input((path + [0]).span, followingLink: true)
    } catch {
      throw StageFailure(unreadable: file, error)
    }
  }

  /// Makes it what a request sends.
  ///
  /// - Throws: `StageFailure` if it has another size than it should.
  consuming func attach(to request: inout HTTPRequest) throws(StageFailure) {
    if let bytes {
      request.body = bytes
      return
    }
    let size = file.content.size ?? 0
    if let input = input.take() {
      request.upload = HTTPUpload(input, size: size, sha256: file.content.sha256)
    }
  }

  /// Makes certain that it is what it should be.
  ///
  /// - Throws: `StageFailure` if it is not, or cannot be read.
  borrowing func check() throws {
    try read { (_: borrowing Span<UInt8>) throws(StageFailure) in }
  }

  /// Copies all of it.
  ///
  /// - Throws: `StageFailure` if it is not what it should be, or cannot be read or written.
  borrowing func copy(to output: borrowing OutputFile, at place: String) throws {
    try read { (block: borrowing Span<UInt8>) throws(StageFailure) in
      do throws(IOFailure) {
        try output.write(block)
      } catch {
        throw StageFailure(publishingTo: place, error)
      }
    }
  }

  /// Calls `body` with all of it, block by block, and makes certain that it is what it should be.
  private borrowing func read(
    _ body: (borrowing Span<UInt8>) throws(StageFailure) -> Void
  ) throws {
    var digest = try newDigest()
    var block = bytes ?? []
    repeat {
      if bytes == nil { try readNext(into: &block) }
      digest.update(block.span)
      try body(block.span)
      try Task.checkCancellation()
    } while bytes == nil && !block.isEmpty
    guard digest.finish().hexadecimal.utf8.elementsEqual(file.content.sha256.utf8) else {
      throw StageFailure(changed: file)
    }
  }

  private borrowing func readNext(into block: inout [UInt8]) throws(StageFailure) {
    block.removeAll(keepingCapacity: true)
    do throws(IOFailure) {
      _ = try input?.read(into: &block, upTo: Self.blockSize)
    } catch {
      throw StageFailure(unreadable: file, error)
    }
  }

  private borrowing func newDigest() throws(StageFailure) -> Digest {
    do throws(LibraryFailure) {
      return try Digest(.sha256)
    } catch {
      throw StageFailure(.unavailable, code: "missing-library", "\(error)")
    }
  }
}

extension StageFailure {
  init(unreadable file: OutgoingFile, _ failure: IOFailure) {
    self.init(
      .unavailable,
      code: "cannot-read",
      "cannot read \(file.origin): \(failure.code)",
      help: "check the path and its permissions"
    )
  }

  init(changed file: OutgoingFile) {
    self.init(
      .transient(retryAfter: nil),
      code: "file-changed",
      "\(file.origin) was changed while it was published",
      notes: ["no page links to it yet"],
      help: "put files into the folder by renaming them, when they are complete"
    )
  }
}

extension OutgoingFile {
  /// Where its bytes come from, for people.
  fileprivate var origin: String {
    if case .file(let path) = content.place { return String(decoding: path, as: UTF8.self) }
    return String(decoding: path, as: UTF8.self)
  }
}
