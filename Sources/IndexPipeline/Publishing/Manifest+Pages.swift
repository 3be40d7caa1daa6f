package import IndexRendering
import StrictJSON

// What they read who compare an index with its manifest.
extension Manifest {
  /// The normalized names of the projects, sorted.
  package var projectNames: [[UInt8]] { projects.map(\.name) }

  /// The pages of a project.
  ///
  /// - Parameter number: The place of the project among ``projectNames``.
  /// - Throws: `Problem` if they are not pages of the project.
  package func pages(
    ofProjectAt number: Int
  ) throws(Problem) -> [(path: [UInt8], digest: PageDigest)] {
    try pages(of: projects[number])
  }

  /// Whether it is as it was written, to the bit.
  package var isIntact: Bool {
    let tail = bytes.suffix(ManifestWriter.digestByteCount)
    let digest = PageDigest(bytes.span.extracting(0..<tail.startIndex))
    var expected = ByteBuffer()
    ManifestWriter.append(digest, to: &expected)
    return expected.span.elementsEqual(Array(tail).span)
  }

  /// The pages of no project.
  package var pagesOfIndex: [(path: [UInt8], digest: PageDigest)] {
    get throws(Problem) { try rootPages() }
  }
}

// What they read who make one index into another.
extension Manifest {
  /// All pages with their digests.
  ///
  /// - Throws: `Problem` if they are something else, or have a path that leads elsewhere.
  package func allPages() throws(Problem) -> [[UInt8]: PageDigest] {
    var pages = Dictionary(try rootPages().map { ($0.path, $0.digest) }) { first, _ in first }
    for project in projects {
      for page in try self.pages(of: project) { pages[page.path] = page.digest }
    }
    if let path = pages.keys.first(where: { !$0.isPlainPath }) {
      throw Problem(message: "it names \"\(String(decoding: path, as: UTF8.self))\"")
    }
    return pages
  }

  /// Whether it tells of no published file that another one does not tell of.
  package func publishesNoMore(than other: Manifest) -> Bool {
    files.allSatisfy { other.files[$0.key] == $0.value }
  }
}

extension [UInt8] {
  /// Whether each part of a path is a name.
  fileprivate var isPlainPath: Bool {
    split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && !part.contains { $0 < 0x20 || $0 == 0x7F }
    }
  }
}
