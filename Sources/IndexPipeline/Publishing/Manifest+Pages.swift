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
