import IndexModel
import Testing

@testable import IndexStages

@Suite("Newest releases")
struct NewestReleaseTests {
  private func chosen(_ filenames: [String]) throws -> Set<String> {
    var newest = NewestReleases()
    for (place, filename) in filenames.enumerated() {
      let bytes = Array(filename.utf8)
      newest.add(place, bytes.span, try DistributionFilename(bytes.span))
    }
    return Set(newest.files.map { filenames[$0] })
  }

  @Test("All files of the newest release of each project are chosen, whatever their order")
  func choosesAllFiles() throws {
    let files = [
      "a-1.9.tar.gz", "a-1.10-py3-none-any.whl", "A-1.10.0.tar.gz", "a-1.2.zip", "b_c-1.zip",
      "B.C-1!0.zip",
    ]
    let expected: Set = ["a-1.10-py3-none-any.whl", "A-1.10.0.tar.gz", "B.C-1!0.zip"]
    #expect(try chosen(files) == expected)
    #expect(try chosen(files.reversed()) == expected)
  }

  @Test("A newer pre-release is chosen beside the newest final release, an older one is not")
  func choosesBoth() throws {
    #expect(
      try chosen(["a-1.0.zip", "a-2.0rc1.zip", "a-2.0.dev1.zip", "b-1.0.zip", "b-1.0rc1.zip"])
        == ["a-1.0.zip", "a-2.0rc1.zip", "b-1.0.zip"]
    )
  }

  @Test("Versions that PEP 440 refuses, and none, are chosen where there is no other")
  func choosesOddOnes() throws {
    #expect(
      try chosen(["a-1.0-final.zip", "a-0.9-final.zip", "b.zip"]) == ["a-1.0-final.zip", "b.zip"]
    )
    #expect(try chosen(["a-1.0-final.zip", "a-0.1.zip", "a.zip"]) == ["a-0.1.zip"])
  }

  @Test("Files of kinds without metadata are passed over")
  func passesOver() throws {
    #expect(try chosen(["a-1.0.zip", "a-2.0.win32.exe", "a-2.0.msi"]) == ["a-1.0.zip"])
  }
}
