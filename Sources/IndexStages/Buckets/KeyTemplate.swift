import IndexPipeline
import IndexRendering
import IndexTransport

/// A URL with a hole for the key of an object.
///
/// What fills it is percent-encoded, but for the slashes of the key, and has no part that is `.` or
/// `..`: every URL that is made begins with the text before the hole.
struct KeyTemplate: Sendable {
  /// Why a text is no template.
  struct Problem: Error {
    let message: String
  }

  private enum Hole: String, CaseIterable {
    case key = "{key}"
    case filename = "{filename}"
  }

  private let before: [UInt8]
  private let hole: Hole
  private let after: [UInt8]

  /// Reads a template.
  init(_ text: String) throws(Problem) {
    let bytes = Array(text.utf8)
    let found = Hole.allCases.compactMap { hole in
      bytes.firstRange(of: Array(hole.rawValue.utf8)).map { (hole: hole, range: $0) }
    }
    guard found.count == 1, let (hole, range) = found.first else {
      throw Problem(message: "it must hold {key} or {filename} once")
    }
    before = Array(bytes[..<range.lowerBound])
    self.hole = hole
    after = Array(bytes[range.upperBound...])
    guard before.last == UInt8(ascii: "/"), Self.hasOwnFolder(before) else {
      throw Problem(message: "a folder must stand before \(hole.rawValue)")
    }
    guard !before.contains(UInt8(ascii: "?")), !before.contains(UInt8(ascii: "#")),
      after.isEmpty || after.first == UInt8(ascii: "?"), !after.contains(UInt8(ascii: "#"))
    else { throw Problem(message: "\(hole.rawValue) must be the end of the path") }
    let shape = before + Array("{filename}".utf8) + after
    do throws(FileURL.Problem) {
      _ = try FileURL(template: String(decoding: shape, as: UTF8.self))
    } catch {
      throw Problem(message: error.rawValue)
    }
  }

  /// Whether no key could be read as a host.
  private static func hasOwnFolder(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    if let colon = text.firstIndex(of: UInt8(ascii: ":")) { rest = text[(colon + 1)...] }
    guard rest.starts(with: "//".utf8) else { return rest.count > 1 }
    let host = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
    return host.endIndex < rest.endIndex && (!host.isEmpty || rest.count > 3)
  }

  /// The URL of an object, whose key has no part that is `.` or `..`.
  func url(of object: S3Object) -> [UInt8] {
    var url = before
    let text = hole == .key ? object.key : object.filename
    S3Encoding.append(text.span, keepsSlashes: true, to: &url)
    return url + after
  }
}

extension Settings {
  /// Reads a template of the URLs of objects.
  mutating func keyTemplate(_ name: String, _ doc: String, example: String) -> KeyTemplate? {
    guard let text = string(name, doc, example: example) else { return nil }
    do throws(KeyTemplate.Problem) {
      return try KeyTemplate(text)
    } catch {
      refuse("wrong-value", "\"\(name)\": \(error.message)", field: name)
      return nil
    }
  }
}
