/// Where the pages of an index are, relative to the root of the tree.
struct IndexLayout: Sendable {
  /// The folder of the simple API with its `/`; empty if the tree is nothing else.
  let simple: [UInt8]

  /// A tree as Larder and dumb-pypi make it.
  static let whole = IndexLayout(simple: Array("simple/".utf8))
  /// A tree of the simple API alone.
  static let bare = IndexLayout(simple: [])

  /// Whether it has pages beside the simple API.
  var isWhole: Bool { !simple.isEmpty }

  /// The folder of a project's simple pages.
  func folder(of project: [UInt8]) -> [UInt8] { simple + project + [UInt8(ascii: "/")] }

  /// The pages of a project that an index can have, where nobody lists them.
  func customaryPages(of project: [UInt8]) -> [[UInt8]] {
    let folder = folder(of: project)
    let simple = [folder, folder + "index.v1_json".utf8]
    return isWhole ? simple + [Array("pypi/".utf8) + project + "/json".utf8] : simple
  }
}

extension [UInt8] {
  /// Whether this is the path of a page of a kind, as its last part tells.
  func hasSuffix(_ text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount
      && text.withUTF8Buffer { unsafe suffix($0.count).elementsEqual($0) }
  }

  /// Whether this is the path of a page in a folder.
  func hasPrefix(_ text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount
      && text.withUTF8Buffer { unsafe prefix($0.count).elementsEqual($0) }
  }
}
