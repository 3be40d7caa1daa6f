/// The files in an archive that someone made to be unpacked.
public enum ArchiveFiles {
  /// Calls `body` with each file of a tar archive, however it is compressed, or of a zip archive,
  /// until it says that it saw enough.
  ///
  /// - Parameters:
  ///   - file: The archive, of which nothing was read yet.
  ///   - isWanted: Whether the content of a path is of interest; all else is only passed by.
  ///   - body: Takes the path and the content, and says whether to go on.
  /// - Throws: `ArchiveProblem` if it is damaged, cut off, or no archive, as far as it was read.
  public static func forEach(
    in file: borrowing InputFile,
    where isWanted: (borrowing Span<UInt8>) -> Bool,
    _ body: (_ path: [UInt8], _ content: [UInt8]) -> Bool
  ) throws(ArchiveProblem) {
    try ArchiveStream.reading(any: file) { stream throws(ArchiveProblem) in
      while try stream.next() {
        guard stream.isFile else { continue }
        let path = stream.path
        guard isWanted(path.span) else { continue }
        if !body(path, try stream.content(upTo: max(stream.size, 0))) { return }
      }
      let isComplete = stream.isZip ? hasZipEnd(file) : stream.ends
      guard isComplete else { throw ArchiveProblem(.damaged, "it is cut off") }
    }
  }

  /// Calls `body` with each member of an archive that may be made to do harm, until it says that it
  /// saw enough.
  ///
  /// - Parameters:
  ///   - file: The archive, of which nothing was read yet.
  ///   - body: Takes the path and the content, and says whether to go on.
  /// - Throws: `ArchiveProblem` if it is damaged, cut off, or no archive; if it holds anything else
  ///   than regular files; or if all of it takes more than ``ArchiveLimits/pageRatio`` times its size.
  public static func forEach(
    ofUntrusted file: borrowing InputFile,
    _ body: (_ path: [UInt8], _ content: [UInt8]) -> Bool
  ) throws(ArchiveProblem) {
    let size: Int
    do throws(IOFailure) { size = Int(try file.status().size) } catch {
      throw ArchiveProblem(.damaged, "\(error.code)")
    }
    var rest = ArchiveLimits.contentSize(ofArchive: size, ratio: ArchiveLimits.pageRatio)
    let most = rest
    try ArchiveStream.reading(any: file) { stream throws(ArchiveProblem) in
      while try stream.next() {
        let path = stream.path
        guard stream.isFile else { throw ArchiveProblem(.notAFile, of: path.span) }
        let size = max(stream.size, 0)
        guard size <= rest, stream.decompressedCount <= most else {
          throw ArchiveProblem(.pageRatio)
        }
        rest -= size
        if !body(path, try stream.content(upTo: size)) { return }
      }
      let isComplete = stream.isZip ? hasZipEnd(file) : stream.ends
      guard isComplete else { throw ArchiveProblem(.damaged, "it is cut off") }
    }
  }

  /// Whether a zip archive has the directory that stands behind its members.
  private static func hasZipEnd(_ file: borrowing InputFile) -> Bool {
    do {
      let size = Int(try file.status().size)
      let tail = try file.read(at: max(0, size - ZipEnd.maximumSize)..<size)
      return ZipEnd.find(in: tail.span) != nil
    } catch {
      return false
    }
  }
}
