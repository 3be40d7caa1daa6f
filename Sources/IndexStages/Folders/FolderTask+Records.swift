import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

// Writing down what is known of the files.
extension FolderTask {
  mutating func write(_ scan: FolderScan, into output: inout SourceOutput) throws {
    var records = FolderRecords(
      url: source.url,
      takesTime: source.takesTime,
      text: descriptions.takeBytes()
    )
    var names: [ArraySlice<UInt8>: FoundFile] = [:]
    let twins = scan.twins
    let broken = Set(problems.map(\.file.path))
    for (place, file) in scan.distributions.enumerated() where !broken.contains(file.path) {
      let known = facts[file.identity] ?? FileFacts()
      if twins.contains(file.filename),
        let other = names.updateValue(file, forKey: file.filename)
      {
        let isSame =
          other.identity.size == file.identity.size
          && facts[other.identity]?.digest == known.digest
        guard isSame else { throw source.failure(twice: other, file) }
        output.warn("\(source.text(of: file.path)) is the same file as \(other.text)")
        names[file.filename] = other
        continue
      }
      if case .missing = known.metadata, file.isSource {
        output.warn("\(source.text(of: file.path)) holds no PKG-INFO; its metadata is not known")
      }
      let shown = source.takesDigest ? known : FileFacts(digest: nil, metadata: known.metadata)
      let served = try served(file, known, scan, &output)
      let isSigned = scan.companion(of: file, Self.signatureEnding) != nil
      do throws(RecordProblem) {
        let description = description(at: place, known)
        try records.append(file, shown, description, metadata: served, isSigned: isSigned)
      } catch {
        throw source.failure(file.text, .broken(error.message))
      }
      if let offer = offer(of: file, shown, scan) { output.offer(offer) }
    }
    output.append(records.batch)
  }

  /// The digest of the metadata beside a file, if it is the one in the file and served.
  private func served(
    _ file: FoundFile,
    _ known: FileFacts,
    _ scan: FolderScan,
    _ output: inout SourceOutput
  ) throws -> String? {
    guard file.isWheel, case .found(_, let digest) = known.metadata else { return nil }
    if source.takesDigest, context?.publishedFiles == .all { return digest }
    if let companion = scan.companion(of: file, Self.metadataEnding) {
      if facts[companion.identity]?.digest == digest { return digest }
      output.warn(
        "\(source.text(of: companion.path)) is not the METADATA in the wheel, and is not offered"
      )
      return nil
    }
    guard source.publishesMetadata else { return nil }
    if let bytes = metadata[file.path] { try publish(bytes, beside: file) }
    return digest
  }

  /// Writes the metadata of a wheel beside it, in one step.
  private func publish(_ bytes: [UInt8], beside file: FoundFile) throws {
    let path = file.path + Self.metadataEnding + [0]
    let hidden = [UInt8(ascii: ".")] + file.filename + Array(".metadata.larder-new".utf8) + [0]
    let new = file.path[..<file.nameStart] + hidden
    do throws(IOFailure) {
      try Self.replace(path, with: bytes, by: Array(new), in: folder.directory)
    } catch {
      throw source.failure(unwritable: path, error.code)
    }
  }

  private static func replace(
    _ path: [UInt8],
    with bytes: [UInt8],
    by new: [UInt8],
    in folder: borrowing Directory
  ) throws(IOFailure) {
    do throws(IOFailure) { try folder.removeFile(new.span) } catch  where error.code == .missing {}
    try folder.write(new.span, bytes.span)
    try folder.rename(new.span, to: path.span)
  }
}

extension FoundFile {
  /// Whether it is a wheel.
  var isWheel: Bool { path.span.hasEnding([".whl"]) }

  /// Whether it is a source archive, most of which have metadata.
  var isSource: Bool { path.span.isTar || path.span.hasEnding([".zip"]) }
}
