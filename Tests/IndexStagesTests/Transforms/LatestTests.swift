import IndexPipeline
import Testing

@Suite("latest")
struct LatestTests {
  private func kept(_ options: String, _ lines: [String]) async throws -> [String] {
    try await TransformBench.run(#"{ "type": "latest", \#(options) }"#, lines).filenames
  }

  private static let versions = [
    "a-1.0.zip", "a-1.0.0.tar.gz", "a-2.0.zip", "a-3.0rc1.zip", "a-2.0.tar.gz", "a-legacy.zip",
    "b-0.1.zip", "a-1!0.1.zip",
  ]

  @Test("Versions are counted in a project, however they are spelled")
  func countsVersions() async throws {
    #expect(
      try await kept(#""count": 3"#, Self.versions)
        == ["a-2.0.tar.gz", "a-2.0.zip", "a-3.0rc1.zip", "a-1!0.1.zip", "b-0.1.zip"]
    )
    #expect(
      try await kept(#""count": 4"#, Self.versions)
        == [
          "a-1.0.zip", "a-1.0.0.tar.gz", "a-2.0.tar.gz", "a-2.0.zip", "a-3.0rc1.zip", "a-1!0.1.zip",
          "b-0.1.zip",
        ]
    )
  }

  @Test("Pre-releases count, or stay, or go where there are others")
  func choosesPrereleases() async throws {
    let lines = ["a-1.zip", "a-2.zip", "a-3rc1.zip", "b-1a1.zip", "b-2a1.zip"]
    #expect(
      try await kept(#""count": 1"#, lines) == ["a-3rc1.zip", "b-2a1.zip"]
    )
    #expect(
      try await kept(#""count": 1, "prereleases": "keep""#, lines)
        == ["a-2.zip", "a-3rc1.zip", "b-1a1.zip", "b-2a1.zip"]
    )
    #expect(
      try await kept(#""count": 1, "prereleases": "drop""#, lines) == ["a-2.zip", "b-2a1.zip"]
    )
  }

  @Test("By time, a version is as old as its first file; without a time it is new")
  func countsByTime() async throws {
    let lines = [
      #"{"filename":"a-1.zip","upload_timestamp":1000}"#,
      #"{"filename":"a-1.tar.gz","upload_timestamp":9000}"#,
      #"{"filename":"a-3.zip","upload_timestamp":2000}"#,
      #"{"filename":"a-2.zip","upload_timestamp":3000}"#, "a-0.zip",
    ]
    #expect(
      try await kept(#""count": 2, "by": "upload_time""#, lines) == ["a-0.zip", "a-2.zip"]
    )
  }

  @Test("Local versions are versions of their own, unless they are joined")
  func joinsLocalVersions() async throws {
    let lines = ["a-1.0+cpu.zip", "a-1.0+cu126.zip", "a-2.0+cpu.zip", "a-2.0+cu126.zip"]
    #expect(try await kept(#""count": 1"#, lines) == ["a-2.0+cu126.zip"])
    #expect(
      try await kept(#""count": 1, "join_local": true"#, lines)
        == ["a-2.0+cpu.zip", "a-2.0+cu126.zip"]
    )
  }
}
