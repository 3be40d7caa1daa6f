import IndexTransport
import StrictJSON

/// What every archive begins and ends with that the same options make, whatever its pages are.
///
/// One that has both is whole, and would be made the same way again: a tar archive begins with
/// what it says of itself, and ends with its two empty blocks, each compressed by itself; a zip
/// archive says it in its comment, which is at its end.
struct ArchiveEnds: Sendable {
  let head: [UInt8]
  let tail: [UInt8]

  /// - Throws: `LibraryFailure` if the library that compresses is missing.
  init(_ options: ArchiveOptions) throws(LibraryFailure) {
    let signature = options.signature
    switch options.format.container {
    case .tar:
      var tool = try ArchiveTool(options)
      TarHeader(time: 0).append(comment: signature, to: &tool.buffer)
      head = try tool.compressed()
      tool.buffer.removeAll()
      tool.buffer.append(zeros: TarFraming.endSize)
      tail = try tool.compressed()
    case .zip:
      head = []
      var comment: [UInt8] = []
      comment.append(signature.count, bytes: 2)
      tail = comment + signature
    }
  }

  /// Whether a file begins and ends so.
  ///
  /// - Throws: `IOFailure` if it cannot be read.
  func stand(in file: borrowing InputFile) throws(IOFailure) -> Bool {
    let size = Int(try file.status().size)
    guard size >= head.count + tail.count else { return false }
    let first = try file.read(at: 0..<head.count)
    let last = try file.read(at: size - tail.count..<size)
    return first == head && last == tail
  }
}
