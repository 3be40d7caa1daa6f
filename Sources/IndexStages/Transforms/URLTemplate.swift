import IndexModel
import IndexPipeline
import IndexRendering
import StrictJSON

/// A URL with holes that facts of a record fill.
///
/// What fills a hole is percent-encoded, slashes too, so that every URL that is made begins with
/// the text before the first hole: no record can lead out of there.
struct URLTemplate: Sendable {
  /// Why a text is no template.
  struct Problem: Error {
    let message: String
  }

  /// What a hole is filled with.
  enum Hole: Sendable, Equatable {
    case filename, project, version, kind, initial
    case digest(HashAlgorithm)

    init?(_ name: ArraySlice<UInt8>) {
      let simple: [(name: String, hole: Hole)] = [
        ("filename", .filename), ("project", .project), ("version", .version), ("kind", .kind),
        ("initial", .initial),
      ]
      let digests = HashAlgorithm.allCases.map { (name: "\($0.name)", hole: Hole.digest($0)) }
      let found = (simple + digests).first { $0.name.utf8.elementsEqual(name) }
      guard let found else { return nil }
      self = found.hole
    }

    static let names =
      ["filename", "project", "version", "kind", "initial"]
      + HashAlgorithm.allCases.map { "\($0.name)" }
  }

  /// The texts before the holes.
  private var texts: [[UInt8]] = []
  private var holes: [Hole] = []
  private var end: [UInt8] = []

  /// Reads a template.
  init(_ template: String) throws(Problem) {
    let bytes = Array(template.utf8)
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else {
        text.append(bytes[index])
        index += 1
        continue
      }
      let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) ?? bytes.endIndex
      let name = bytes[(index + 1)..<close]
      guard close < bytes.endIndex, let hole = Hole(name) else {
        throw Problem(message: "\"{\(String(decoding: name, as: UTF8.self))}\" is no hole")
      }
      texts.append(text)
      holes.append(hole)
      text = []
      index = close + 1
    }
    end = text
    try check()
  }

  private func check() throws(Problem) {
    guard holes.last == .filename, texts[texts.count - 1].last == UInt8(ascii: "/"),
      end.isEmpty || end.first == UInt8(ascii: "?"), !end.contains(UInt8(ascii: "#"))
    else {
      throw Problem(message: "the last part of the path must be \"{filename}\"")
    }
    let whole = texts.dropLast().flatMap { $0 + [UInt8(ascii: "x")] } + texts[texts.count - 1]
    let shape =
      String(decoding: whole, as: UTF8.self) + "{filename}" + String(decoding: end, as: UTF8.self)
    do throws(FileURL.Problem) {
      _ = try FileURL(template: shape)
    } catch {
      throw Problem(message: error.rawValue)
    }
    guard hasFolder(texts[0]) else {
      throw Problem(message: "a folder must stand before the first hole")
    }
    let later = texts.dropFirst().joined(separator: [UInt8(ascii: "x")])
    // A client may read `%2e` as a dot.
    let climbs = later.split(separator: UInt8(ascii: "/")).contains { part in
      let dots = ["..", ".", "%2e%2e", "%2e.", ".%2e", "%2e"]
      let lower = part.map { $0 == UInt8(ascii: "E") ? UInt8(ascii: "e") : $0 }
      return dots.contains { lower.elementsEqual($0.utf8) }
    }
    if climbs || later.contains(UInt8(ascii: "?")) || texts[0].contains(UInt8(ascii: "?")) {
      throw Problem(message: "\"..\" and \"?\" must not stand before \"{filename}\"")
    }
  }

  /// Whether a text ends behind a slash that is not one of `https://host`.
  private func hasFolder(_ text: [UInt8]) -> Bool {
    guard let slash = text.lastIndex(of: UInt8(ascii: "/")) else { return false }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return true }
    return text[colon...].prefix(while: { $0 != UInt8(ascii: "/") }).count == 1
      && slash > colon + 3
  }

  /// Writes the URL of a record.
  ///
  /// - Returns: The name of what the record does not know, or `nil` if it knows all.
  func fill(_ record: borrowing RecordView, into output: inout ByteBuffer) -> String? {
    output.removeAll()
    for index in holes.indices {
      let text = texts[index]
      output.append(text.span)
      let start = output.count
      append(holes[index], of: record, to: &output)
      let value = output.span.extracting(start...)
      if value.isEmpty || value.elementsEqual(".") || value.elementsEqual("..") {
        return Hole.names.first { Hole(Array($0.utf8)[...]) == holes[index] }
      }
    }
    let end = end
    output.append(end.span)
    return nil
  }

  private func append(
    _ hole: Hole,
    of record: borrowing RecordView,
    to output: inout ByteBuffer
  ) {
    switch hole {
    case .filename: output.append(urlComponent: record.filename)
    case .version: output.append(urlComponent: record.version)
    case .kind: output.append(utf8: "\(record.name.kind)")
    case .project, .initial:
      var project: [UInt8] = []
      record.appendProject(to: &project)
      if hole == .initial { project = Array(project.prefix(1)) }
      output.append(urlComponent: project.span)
    case .digest(let algorithm):
      let list = record.bytes(record.facts.hashes)
      var digest: [UInt8] = []
      DigestList.forEach(in: list) { name, value in
        if name.elementsEqual(algorithm.name) { digest.append(contentsOf: value) }
      }
      output.append(digest.span)
    }
  }
}
