/// What a service says of objects that it was asked to remove, many at once (DeleteObjects).
public struct S3Removal: Sendable {
  /// The most objects of one request.
  public static let limit = 1000

  /// The keys that are not removed, each with the service's own words.
  public let failures: [(key: [UInt8], reason: String)]

  /// Reads an answer.
  ///
  /// - Throws: `S3Problem` if it is none.
  public init(_ body: [UInt8]) throws(S3Problem) {
    let document: S3Document
    do throws(MarkupProblem) {
      document = try S3Document(body)
    } catch {
      throw S3Problem("it is no XML in full: \(error)")
    }
    guard let root = document.root, root.isNamed("DeleteResult") else {
      throw S3Problem("it is no <DeleteResult>")
    }
    var failures: [(key: [UInt8], reason: String)] = []
    for element in root.children("Error") {
      let code = try element.text("Code") ?? []
      failures.append((try element.text("Key") ?? [], String(printing: code.prefix(60))))
    }
    self.failures = failures
  }

  /// The document that asks to remove objects.
  ///
  /// - Parameter keys: Their keys, no more than ``limit``.
  public static func request(_ keys: some Sequence<[UInt8]>) -> [UInt8] {
    var document = Array("<Delete><Quiet>true</Quiet>".utf8)
    for key in keys {
      document += "<Object><Key>".utf8
      for byte in key {
        switch byte {
        case UInt8(ascii: "&"): document += "&amp;".utf8
        case UInt8(ascii: "<"): document += "&lt;".utf8
        case UInt8(ascii: ">"): document += "&gt;".utf8
        default: document.append(byte)
        }
      }
      document += "</Key></Object>".utf8
    }
    return document + "</Delete>".utf8
  }
}
