import Glibc

/// One made-up distribution.
struct GeneratedFile {
  let filename: String
  /// The number of the release within its project, from 0.
  let release: Int
}

/// Makes up projects: their names, versions and files.
struct ProjectGenerator {
  /// What a project publishes with each release.
  private enum Habit {
    case sdist
    case wheel
    case both
    /// A wheel for each interpreter and platform, and mostly an sdist.
    case binaries
  }

  private static let interpreters = ["cp38", "cp39", "cp310", "cp311", "cp312", "cp313"]
  private static let platforms = [
    "manylinux_2_17_x86_64.manylinux2014_x86_64", "manylinux_2_17_aarch64.manylinux2014_aarch64",
    "musllinux_1_2_x86_64", "macosx_10_9_x86_64", "macosx_11_0_arm64", "win_amd64",
  ]

  private var random: SplitMix
  private var projectCount = 0

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// The files of the next project, release by release.
  mutating func next() -> [GeneratedFile] {
    let name = ProjectNames.name(of: projectCount, &random)
    projectCount += 1
    let fileCount = drawFileCount()
    let habit = drawHabit(fileCount: fileCount)
    // Files have been named with underscores for some years, but old ones stay as they are.
    let sdistName = random.happens(60) ? name.underscored : name.text
    var versions = VersionGenerator(&random)
    var files: [GeneratedFile] = []
    files.reserveCapacity(fileCount)
    var release = 0
    while files.count < fileCount {
      let version = versions.next(&random)
      for ending in endings(of: habit) {
        let isWheel = ending.hasSuffix(".whl")
        let stem = isWheel ? "\(name.underscored)-\(version)-" : "\(sdistName)-\(version)"
        files.append(GeneratedFile(filename: stem + ending, release: release))
      }
      release += 1
    }
    return Array(files.prefix(fileCount))
  }

  /// A number of files: 22 on average, 6 for the median project, thousands for a few.
  ///
  /// A Pareto distribution that begins at 1 (Lomax), as are the file counts of PyPI.
  private mutating func drawFileCount() -> Int {
    let (scale, shape, most) = (6.7, 1.25, 4000.0)
    return 1 + Int(min(most, scale * (pow(random.fraction(), -1 / shape) - 1)))
  }

  private mutating func drawHabit(fileCount: Int) -> Habit {
    // Projects with compiled parts have many files, so that few small ones are among them.
    switch random.number(below: 100) {
    case ..<30: .both
    case ..<42: .sdist
    case ..<55: .wheel
    default: fileCount < 12 ? .both : .binaries
    }
  }

  /// The ends of the file names of one release.
  private mutating func endings(of habit: Habit) -> [String] {
    switch habit {
    case .sdist: [random.happens(95) ? ".tar.gz" : ".zip"]
    case .wheel: ["py3-none-any.whl"]
    case .both: [random.happens(85) ? "py3-none-any.whl" : "py2.py3-none-any.whl", ".tar.gz"]
    case .binaries: binaryEndings()
    }
  }

  private mutating func binaryEndings() -> [String] {
    var endings: [String] = []
    let first = random.number(below: 3)
    let interpreters = Self.interpreters[first..<first + 3]
    let platforms = Self.platforms.prefix(2 + random.number(below: 5))
    for interpreter in interpreters {
      for platform in platforms { endings.append("\(interpreter)-\(interpreter)-\(platform).whl") }
    }
    if random.happens(80) { endings.append(".tar.gz") }
    return endings
  }
}
