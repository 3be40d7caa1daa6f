import IndexModel
import IndexRendering
import StrictJSON

/// A distribution, or what goes with one, that a sink holds as it is to be published there.
public struct PublishedFile: Sendable, Equatable {
  /// Its SHA-256 as 64 hexadecimal digits; `nil` if a run that died may have sent it, or a part.
  public let sha256: String?
  /// The number of its bytes, if it is known.
  public let size: Int?
  /// Whether it was there before Larder would have published it: then it is not Larder's to delete.
  public let isFound: Bool

  init(sha256: String?, size: Int?, isFound: Bool = false) {
    self.sha256 = sha256
    self.size = size
    self.isFound = isFound
  }

  /// What is known of a file that a run may have sent which died.
  static let uncertain = PublishedFile(sha256: nil, size: nil)
}

/// The path of a file that Larder may publish, and so may delete.
enum FilePath {
  /// What stands behind the name of a distribution in the name of its metadata (PEP 658).
  static let metadataEnding = Array(".metadata".utf8)
  /// What stands behind it in the name of its signature (PEP 503).
  static let signatureEnding = Array(".asc".utf8)

  /// Whether a path is that of a distribution, or of what goes with one, within the index, and of no
  /// page.
  static func isAllowed(_ path: [UInt8]) -> Bool {
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && !part.contains(0)
    }
    guard isPlain, PagePath(path.span) == .foreign, var name = parts.last else { return false }
    for ending in [metadataEnding, signatureEnding]
    where name.suffix(ending.count).elementsEqual(ending) {
      name.removeLast(ending.count)
      break
    }
    let filename = Array(name)
    guard DistributionFilename.isCustomary(filename.span) else { return false }
    do throws(FilenameProblem) {
      _ = try DistributionFilename(filename.span)
      return true
    } catch {
      return false
    }
  }
}

// Lines of the manifest.
extension PublishedFile {
  static let lineStart = Array("{\"file\":".utf8)

  /// Appends the line of a file.
  func append(path: [UInt8], to output: inout ByteBuffer) {
    output.append(Self.lineStart.span)
    output.append(json: path.span)
    if let size {
      output.append(",\"size\":")
      output.append(decimal: size)
    }
    output.append(",\"sha256\":")
    output.append(json: sha256 ?? "")
    if isFound { output.append(",\"found\":true") }
    output.append("}\n")
  }

  /// Reads the line of a file.
  ///
  /// - Throws: `JSONError` if it is no object of JSON.
  static func read(
    _ line: borrowing Span<UInt8>
  ) throws(JSONError) -> (path: [UInt8], file: PublishedFile) {
    let line = copy line
    var cursor = JSONCursor(line, maximumDepth: 4)
    var (path, sha256, size, isFound) = ([UInt8](), "", Int?.none, false)
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      if cursor.isEqual(key, to: "file") {
        let text = try cursor.string()
        cursor.append(text, to: &path)
      } else if cursor.isEqual(key, to: "sha256") {
        let digits = try cursor.string()
        sha256 = String(decoding: cursor.bytes(of: digits))
      } else if cursor.isEqual(key, to: "size") {
        let number = try cursor.number()
        size = cursor.integer(number)
      } else if cursor.isEqual(key, to: "found") {
        isFound = try cursor.boolean()
      } else {
        try cursor.skipValue()
      }
    }
    try cursor.finish()
    return (path, PublishedFile(sha256: sha256, size: size, isFound: isFound))
  }
}
