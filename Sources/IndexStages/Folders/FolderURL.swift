import IndexRendering
import StrictJSON

/// Where the files of a folder are for installers: a URL with a hole.
///
/// What fills the hole is percent-encoded, so that every URL that is made begins with the text
/// before it, whatever a file is called.
struct FolderURL: Sendable {
  /// Why a text is no such URL.
  struct Problem: Error {
    let message: String
  }

  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let isWholePath: Bool

  /// Whether the URL has a query, which no `.metadata` can stand behind.
  var hasQuery: Bool { !suffix.isEmpty }

  /// Reads a template.
  init(_ template: String) throws(Problem) {
    let bytes = Array(template.utf8)
    let open = bytes.firstIndex(of: UInt8(ascii: "{")) ?? bytes.endIndex
    let close = bytes[open...].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? bytes.endIndex
    let hole = bytes[open..<close]
    isWholePath = hole.elementsEqual("{relative_path}".utf8)
    guard isWholePath || hole.elementsEqual("{filename}".utf8) else {
      throw Problem(message: "it must end in \"{filename}\" or \"{relative_path}\"")
    }
    prefix = Array(bytes[..<open])
    suffix = Array(bytes[close...])
    guard prefix.last == UInt8(ascii: "/") else {
      throw Problem(message: "a folder, with \"/\" behind it, must stand before the hole")
    }
    guard suffix.isEmpty || suffix.first == UInt8(ascii: "?"), !suffix.contains(UInt8(ascii: "#")),
      !prefix.contains(UInt8(ascii: "?")), !prefix.contains(UInt8(ascii: "#"))
    else { throw Problem(message: "only a query may stand behind the hole") }
    do throws(FileURL.Problem) {
      let shape = prefix + Array("{filename}".utf8) + suffix
      _ = try FileURL(template: String(decoding: shape, as: UTF8.self))
    } catch {
      throw Problem(message: error.rawValue)
    }
  }

  /// Appends the URL of a file.
  func append(_ file: FoundFile, to output: inout ByteBuffer) {
    output.append(prefix.span)
    let path = isWholePath ? file.path[...] : file.filename
    for (index, part) in path.split(separator: UInt8(ascii: "/")).enumerated() {
      if index > 0 { output.append("/") }
      output.append(urlComponent: Array(part).span)
    }
    output.append(suffix.span)
  }
}
