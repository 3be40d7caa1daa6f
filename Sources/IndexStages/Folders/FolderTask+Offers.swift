import IndexPipeline

// What is at hand of the files, for sinks that publish them.
extension FolderTask {
  /// The bytes of a file; nil if nobody asked for its digest, so that no record can mean them.
  func offer(of file: FoundFile, _ facts: FileFacts, _ scan: FolderScan) -> OfferedFile? {
    guard let digest = facts.digest else { return nil }
    return OfferedFile(
      filename: Array(file.filename),
      content(of: file, digest),
      metadata: metadata(in: file, facts),
      signature: scan.companions[file.path + Self.signatureEnding].flatMap { signature in
        self.facts[signature.identity]?.digest.map { content(of: signature, $0) }
      }
    )
  }

  private func content(of file: FoundFile, _ digest: String) -> FileContent {
    let path = Array("\(source.path)/".utf8) + file.path
    return FileContent(path: path, size: Int(file.identity.size), sha256: digest)
  }

  /// The metadata in a wheel, which is read again when it is published.
  private func metadata(in file: FoundFile, _ facts: FileFacts) -> FileContent? {
    guard file.isWheel, case .found(_, let digest) = facts.metadata else { return nil }
    return FileContent(sha256: digest) { [reader = FactsReader(folder: folder), source] in
      do throws(FileProblem) {
        return try await reader.read(file, .init(metadata: true, bytes: true)).metadata ?? []
      } catch {
        throw source.failure(file.text, error)
      }
    }
  }
}
