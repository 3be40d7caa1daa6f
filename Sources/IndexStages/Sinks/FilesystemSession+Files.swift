public import IndexPipeline
import IndexTransport

extension FilesystemSession {
  func write(files: [OutgoingFile]) async throws {
    let next = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<min(coreCount, files.count) {
        group.addTask { [self] in
          while let number = next.take(below: files.count) { try await write(files[number]) }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Writes a file, which nobody can see before the switch.
  private func write(_ file: OutgoingFile) async throws {
    let path = file.path + [0]
    let source = try await LocalFile.open(file)
    let output: OutputFile
    do throws(IOFailure) {
      var folder = PageFolder()
      if folder.moves(to: path.span) { try folder.make(in: generation) }
      output = try generation.create(path.span)
    } catch {
      throw StageFailure(publishingTo: location.path, error)
    }
    try source.copy(to: output, at: location.path)
    do throws(IOFailure) {
      try output.close()
    } catch {
      throw StageFailure(publishingTo: location.path, error)
    }
  }
}

extension FilesystemSink {
  /// Compares each file with the one in the output folder.
  ///
  /// - Throws: `StageFailure` if one has other bytes, or cannot be read.
  public func missing(of files: [OutgoingFile]) async throws -> [OutgoingFile] {
    let next = Counter()
    let missing = try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<min(coreCount, files.count) {
        group.addTask { [path] in
          var missing: [Int] = []
          while let number = next.take(below: files.count) {
            if try Self.isMissing(files[number], in: path) { missing.append(number) }
          }
          return missing
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    return missing.sorted().map { files[$0] }
  }

  private static func isMissing(_ file: OutgoingFile, in path: String) throws -> Bool {
    let presence: FilePresence
    do {
      guard let folder = try open(path) else { return true }
      presence = try FilePresence(of: file, in: folder)
    } catch let failure as IOFailure {
      throw StageFailure(publishingTo: path, failure)
    }
    let name = "\(path)/\(String(decoding: file.path, as: UTF8.self))"
    if presence == .other { throw StageFailure(otherBytesAt: name) }
    return presence == .absent
  }
}
