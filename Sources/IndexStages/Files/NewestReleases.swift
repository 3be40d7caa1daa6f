import IndexModel
import StrictJSON

/// Chooses, of each project, the files of its newest final release and of its newest release, by
/// their names alone.
///
/// They are those whose descriptions a page can need: descriptions are large, and those of all
/// releases mostly the same. Files of kinds that have no metadata are passed over.
struct NewestReleases {
  private struct Newest {
    var key: [UInt8] = []
    var files: [Int] = []

    mutating func add(_ file: Int, _ key: [UInt8]) {
      if files.isEmpty || self.key.lexicographicallyPrecedes(key) {
        (self.key, files) = (key, [file])
      } else if self.key == key {
        files.append(file)
      }
    }
  }

  private struct Project {
    var final = Newest()
    var any = Newest()
  }

  private var projects: [[UInt8]: Project] = [:]

  /// Takes a file into account.
  ///
  /// - Parameters:
  ///   - file: A number to know it by.
  ///   - filename: Its name.
  ///   - name: What the name says.
  mutating func add(_ file: Int, _ filename: borrowing Span<UInt8>, _ name: DistributionFilename) {
    switch name.kind {
    case .wheel, .sdist, .egg: break
    case .wininst, .msi, .rpm, .dmg, .dumb: return
    }
    var (project, key): ([UInt8], [UInt8]) = ([], [])
    ProjectName.appendNormalized(filename.extracting(name.name), to: &project)
    let scan = VersionScan.scan(filename.extracting(name.version), appendingSortKeyTo: &key)
    projects[project, default: Project()].any.add(file, key)
    guard let scan, !scan.isPrerelease else { return }
    projects[project, default: Project()].final.add(file, key)
  }

  /// The numbers of the chosen files.
  var files: Set<Int> {
    var files: Set<Int> = []
    for project in projects.values {
      files.formUnion(project.final.files)
      files.formUnion(project.any.files)
    }
    return files
  }
}
