import IndexTransport

/// Where a page is: its folder, reached through no symbolic link, and its name there.
struct PagePlace: ~Copyable {
  let folder: Directory
  let name: [UInt8]

  init(
    of key: [UInt8],
    in root: borrowing Directory,
    makingFolders: Bool = false
  ) throws(IOFailure) {
    let start = key.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let path = key[..<start] + [0]
    folder = try root.descend(path.span, makingFolders: makingFolders)
    name = key[start...] + [0]
  }

  /// All bytes of the page.
  borrowing func content() throws(IOFailure) -> [UInt8] {
    let file = try folder.input(name.span)
    return try file.rest()
  }
}
