package import IndexRendering

// What they read who compare an index with its manifest.
extension Manifest {
  /// The normalized names of the projects, sorted.
  package var projectNames: [[UInt8]] { projects.map(\.name) }

  /// The pages of a project, and how many its line counts.
  ///
  /// - Parameter number: The place of the project among ``projectNames``.
  /// - Throws: `Problem` if they are not pages of the project.
  package func pages(
    ofProjectAt number: Int
  ) throws(Problem) -> (pages: [(path: [UInt8], digest: PageDigest)], count: Int) {
    (try pages(of: projects[number]), projects[number].pageCount)
  }

  /// The pages of no project.
  package var pagesOfIndex: [(path: [UInt8], digest: PageDigest)] {
    get throws(Problem) { try rootPages() }
  }
}
