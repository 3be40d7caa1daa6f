import IndexTransport

/// The folder of the page being written.
///
/// Pages come ordered by project, so the folder of one is mostly that of the page before or a new
/// one in a folder that exists: remembering one folder makes it one call for each new one.
struct PageFolder {
  private var path: [UInt8] = []  // with its NUL byte

  /// Goes to the folder of a page.
  ///
  /// - Parameter page: The path of the page, with its NUL byte.
  /// - Returns: Whether that is another folder than before, and not the root.
  mutating func moves(to page: borrowing Span<UInt8>) -> Bool {
    var length = page.count - 1
    while length > 0, page[length] != UInt8(ascii: "/") { length -= 1 }
    if length == 0 || isCurrent(page.extracting(first: length)) { return false }
    path.removeAll(keepingCapacity: true)
    for index in 0..<length { path.append(page[index]) }
    path.append(0)
    return true
  }

  private func isCurrent(_ folder: borrowing Span<UInt8>) -> Bool {
    guard path.count == folder.count + 1 else { return false }
    // From the end, where the paths of two releases differ.
    for index in stride(from: folder.count - 1, through: 0, by: -1)
    where path[index] != folder[index] {
      return false
    }
    return true
  }

  /// Makes the folder and those above it.
  ///
  /// - Throws: `IOFailure` when the kernel refuses, or a part of the path leads up.
  func make(in generation: borrowing Directory) throws(IOFailure) {
    try refuseDots()
    do {
      try generation.makeFolder(path.span)
    } catch let error where error.code == .missing {
      for end in path.indices where path[end] == UInt8(ascii: "/") {
        let outer = path[..<end] + [0]
        try generation.makeFolder(outer.span)
      }
      try generation.makeFolder(path.span)
    }
  }

  /// The renderer makes no such path; nothing that it could be made to do may leave the folder.
  private func refuseDots() throws(IOFailure) {
    var onlyDots = true
    var start = 0
    for (index, byte) in path.enumerated() {
      if byte == UInt8(ascii: "/") || byte == 0 {
        if onlyDots && index - start <= 2 {
          throw IOFailure(call: "mkdirat", path: String(path: path.span), code: .invalid)
        }
        onlyDots = true
        start = index + 1
      } else if byte != UInt8(ascii: ".") {
        onlyDots = false
      }
    }
  }
}
