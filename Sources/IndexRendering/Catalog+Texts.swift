import IndexModel

// What is said of a release as a whole: what the first of its files says, wheels before others.
extension Catalog {
  /// The first text that a file of the release gives for a key.
  func firstText(_ key: KeyPath<Facts, TextRange>, of release: Release) -> TextRange {
    firstFacts(with: key, of: release)[keyPath: key]
  }

  /// The facts of the first file of the release that has a description; unknown ones if none has.
  func description(of release: Release) -> Facts {
    firstFacts(with: \.description, of: release)
  }

  private func firstFacts(with key: KeyPath<Facts, TextRange>, of release: Release) -> Facts {
    guard hasFacts else { return .unknown }
    for index in release.distributions {
      let facts = facts(of: distributions[index])
      if !facts[keyPath: key].isEmpty { return facts }
    }
    return .unknown
  }

  /// The facts of a file with a description of the project: of its latest release, else of the newest
  /// release that has one.
  func description(of project: Project) -> Facts {
    guard hasFacts else { return .unknown }
    let latest = description(of: releases[project.latest])
    if !latest.description.isEmpty { return latest }
    for index in project.releases.reversed() {
      let facts = description(of: releases[index])
      if !facts.description.isEmpty { return facts }
    }
    return .unknown
  }
}
