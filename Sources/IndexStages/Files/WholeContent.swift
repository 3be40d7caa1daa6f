import IndexPipeline
import IndexTransport

/// What a server has under a name, read into a file without a name to find out what it is.
struct WholeContent: Sendable {
  private let file: HTTPFile
  private let title: String

  /// Makes room for it.
  ///
  /// - Throws: `StageFailure` if the temporary folder cannot be written.
  init(_ title: String) throws(StageFailure) {
    self.title = title
    let folder = ProcessSettings.roomyTemporaryFolder
    do throws(IOFailure) {
      file = try HTTPFile(in: folder)
    } catch {
      throw StageFailure(
        .unavailable,
        code: "unwritable-folder",
        "\(title): cannot write to \(folder), where files are kept while they are read: \(error)",
        help: "name another folder by the variable TMPDIR"
      )
    }
  }

  /// The request that brings it here.
  func asked(for request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.file = file
    request.maximumBytes = .max
    return request
  }

  /// Its SHA-256.
  ///
  /// - Throws: `StageFailure` if it cannot be read again.
  func digest() throws -> [UInt8] {
    do {
      var digest = try Digest(.sha256)
      try digest.update(readingAllOf: file.content) { Task.isCancelled }
      try Task.checkCancellation()
      return digest.finish()
    } catch let failure as LibraryFailure {
      throw StageFailure(.unavailable, code: "missing-library", "\(title): \(failure)")
    } catch let failure as IOFailure {
      throw StageFailure(.unavailable, code: "cannot-read", "\(title): \(failure)")
    }
  }
}

extension FileContent {
  /// Whether a server says of a file that it has another size.
  func hasOtherSize(than response: HTTPResponse) -> Bool {
    guard let size, let text = response.field("content-length"), let other = Int(text) else {
      return false
    }
    return size != other
  }

  /// What is there, by its SHA-256.
  func presence(withDigest digest: [UInt8]) -> FilePresence {
    digest.hexadecimal.utf8.elementsEqual(sha256.utf8) ? .same : .other
  }
}

extension String {
  /// The bytes that hexadecimal digits stand for; `nil` if they are something else.
  var hexadecimalBytes: [UInt8]? {
    let digits = Array(utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[start..<start + 2], as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
