import IndexPipeline
import IndexRendering
import StrictJSON

/// The URLs that a server answers with a page or a file.
enum ServedPath {
  /// The URLs of a path, relative to the root of the index; that of the root itself is empty.
  ///
  /// A page that stands for its folder is found there too: with the slash, and without it, where
  /// servers answer with the page or a redirection. Where a path has characters that need not be
  /// encoded, it is there both as Larder links to it and with these as they are.
  static func urls(of path: [UInt8], isPage: Bool) -> [[UInt8]] {
    let slash = UInt8(ascii: "/")
    let start = path.lastIndex(of: slash).map { $0 + 1 } ?? 0
    let name = path[start...]
    let isIndex = name.elementsEqual("index.html".utf8) || name.elementsEqual("index.v1_json".utf8)
    guard isPage, isIndex else { return spellings(of: path) }
    let folder = Array(path[..<start])
    let bare = folder.isEmpty ? [] : [Array(folder.dropLast())]
    return ([folder, path] + bare).flatMap { spellings(of: $0) }
  }

  private static func spellings(of path: [UInt8]) -> [[UInt8]] {
    let linked = encoded(path) { _ in false }
    let plain = encoded(path) { "!$&'()*+,;=:@".utf8.contains($0) }
    return linked == plain ? [linked] : [linked, plain]
  }

  private static func encoded(_ path: [UInt8], except isPlain: (UInt8) -> Bool) -> [UInt8] {
    var output = ByteBuffer(minimumCapacity: path.count)
    for (index, byte) in path.enumerated() {
      if byte == UInt8(ascii: "/") || isPlain(byte) {
        output.append(byte)
      } else {
        output.append(urlComponent: path.span.extracting(index..<index + 1))
      }
    }
    return Array(output.span)
  }
}
