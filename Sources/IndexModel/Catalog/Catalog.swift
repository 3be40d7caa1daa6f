public import StrictJSON

/// All distributions of one index: grouped by project and release, in order.
///
/// Only a complete catalog can make the pages of the whole index, so that it cannot be built from
/// a part: ``build(from:)`` takes all records of a run. A million records take about 100 MB beside
/// the bytes of their texts.
public struct Catalog: Sendable {
  /// The texts of all names, versions and facts.
  public let text: [UInt8]
  /// The projects, by the bytes of their normalized names.
  public let projects: [Project]
  /// The releases of all projects, oldest first within each.
  public let releases: [Release]
  /// The distributions of all releases: wheels first, then by the natural order of file names.
  public let distributions: [Distribution]
  private let facts: [Facts]
  private let statuses: [[UInt8]: ProjectStatus]

  init(
    text: [UInt8],
    projects: [Project],
    releases: [Release],
    distributions: [Distribution],
    facts: [Facts],
    statuses: [[UInt8]: ProjectStatus]
  ) {
    self.text = text
    self.projects = projects
    self.releases = releases
    self.distributions = distributions
    self.facts = facts
    self.statuses = statuses
  }

  /// What a project says of its state, unless it is simply active.
  public func status(of project: Project) -> ProjectStatus? {
    guard !statuses.isEmpty else { return nil }
    let status = statuses[Array(text.span[project.name])]
    return status?.marker == .active ? nil : status
  }

  /// The index of the project with a normalized name.
  ///
  /// - Complexity: O(log projects).
  public func project(named name: borrowing Span<UInt8>) -> Int? {
    let (text, name) = (text.span, copy name)
    let index = projects.indices.partitionIndex {
      !text[projects[$0].name].lexicographicallyPrecedes(name)
    }
    return index < projects.count && text[projects[index].name].elementsEqual(name) ? index : nil
  }

  /// What is known of a distribution beside its file name.
  @inline(__always)
  public func facts(of distribution: Distribution) -> Facts {
    distribution.facts < 0 ? .unknown : facts[Int(distribution.facts)]
  }

  /// Whether more than file names is known of any distribution.
  public var hasFacts: Bool { !facts.isEmpty }

  /// Whether any record has a long description.
  ///
  /// - Complexity: O(records).
  public var hasDescriptions: Bool { facts.contains { !$0.description.isEmpty } }
}

/// One project: a name, its releases and their files.
public struct Project: BitwiseCopyable, Sendable {
  /// The normalized name.
  public let name: TextRange
  let firstRelease: UInt32
  let endRelease: UInt32
  let latestRelease: UInt32
  let firstDistribution: UInt32
  let endDistribution: UInt32

  /// The indices of its releases in the catalog; there is at least one.
  public var releases: Range<Int> { Int(firstRelease)..<Int(endRelease) }
  /// The indices of its distributions in the catalog.
  public var distributions: Range<Int> { Int(firstDistribution)..<Int(endDistribution) }
  /// The index of the release that a person who names no version wants.
  ///
  /// The newest final release that is not yanked, else the newest pre-release that is not, else
  /// the newest by the same order. Source: PyPI's own rule for `info` in the legacy JSON API.
  public var latest: Int { Int(latestRelease) }
}

/// One version of a project and its files.
public struct Release: BitwiseCopyable, Sendable {
  /// The version as its first file writes it, empty if the files name none.
  public let version: TextRange
  /// Whether ``version`` is what pages show: the normal form of a version of PEP 440, or the text
  /// of one that PEP 440 refuses.
  public let isNormalized: Bool
  /// What kind of version it is.
  public let stability: Stability
  /// Whether all of its files are yanked.
  public let isYanked: Bool
  let firstDistribution: UInt32
  let endDistribution: UInt32

  /// The indices of its distributions in the catalog; there is at least one.
  public var distributions: Range<Int> { Int(firstDistribution)..<Int(endDistribution) }

  /// How much a person wants a version who names none; the greatest is wanted most.
  public enum Stability: UInt8, BitwiseCopyable, Comparable, Sendable {
    /// The files name no version.
    case unknown
    /// The version is not one of PEP 440.
    case legacy
    /// A pre-release or development release.
    case prerelease
    /// A final release or post-release.
    case final

    /// Whether `a` is wanted less than `b`.
    public static func < (a: Stability, b: Stability) -> Bool { a.rawValue < b.rawValue }
  }
}

/// One file of a release.
public struct Distribution: BitwiseCopyable, Sendable {
  /// The file name.
  public let filename: TextRange
  /// What the file name says.
  public let name: DistributionFilename
  let facts: Int32

  /// Whether more than its file name is known.
  public var hasFacts: Bool { facts >= 0 }
}

extension ByteBuffer {
  /// Appends the version of `release` as pages show it: in its normal form if PEP 440 has one.
  @inline(__always)
  public mutating func append(versionOf release: Release, in text: borrowing Span<UInt8>) {
    if release.isNormalized {
      append(text[release.version])
    } else {
      var normal: [UInt8] = []
      release.appendVersion(in: text, to: &normal)
      append(normal.span)
    }
  }
}

extension Release {
  /// Appends the version as pages show it: in its normal form if PEP 440 has one.
  public func appendVersion(in text: borrowing Span<UInt8>, to output: inout [UInt8]) {
    let version = text[version]
    if !isNormalized, let scan = VersionScan.scan(version) {
      scan.appendNormalized(of: version, to: &output)
    } else {
      output.append(contentsOf: version)
    }
  }
}
