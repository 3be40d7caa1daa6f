import IndexModel
import StrictJSON

/// A page of the legacy JSON API.
struct LegacyPage {
  /// The URLs of its files.
  private(set) var urls: [[UInt8]] = []
  /// What is wrong with what it says.
  private(set) var findings: [Finding] = []
  private let path: [UInt8]

  /// Reads a page.
  ///
  /// - Throws: `JSONError` if it is not JSON.
  init(_ page: [UInt8], at path: [UInt8]) throws(JSONError) {
    self.path = path
    let root = try JSONDocument(parsing: page, maximumSize: 1 << 30).root
    let releases = (root["releases"]?.members ?? []).map { member in
      Release(version: member.key, files: member.value.elements ?? [])
    }
    let files = (root["urls"]?.elements ?? []) + releases.flatMap(\.files)
    urls = files.compactMap { $0["url"]?.bytes }
    checkTimes(files)
    for release in releases { checkVersion(release) }
    let isOfRelease = path.count { $0 == UInt8(ascii: "/") } > 2
    if !isOfRelease, let latest = root["info"]?["version"]?.string { checkLatest(latest, releases) }
  }

  private struct Release {
    let version: String
    let files: [JSONValue]

    /// Whether installers take it without being asked to.
    var isOrdinary: Bool {
      guard let version = Version(version), !version.isPrerelease else { return false }
      return files.contains { $0["yanked"]?.boolean != true }
    }
  }

  private mutating func checkTimes(_ files: [JSONValue]) {
    let times = files.lazy.compactMap { $0["upload_time"]?.string }
    guard let odd = times.first(where: { $0.utf8.contains(UInt8(ascii: " ")) }) else { return }
    add(code: "legacy-time", "\"upload_time\" is \"\(odd)\", without a \"T\"")
  }

  private mutating func checkVersion(_ release: Release) {
    guard let version = Version(release.version) else { return }
    for file in release.files {
      guard let name = file["filename"]?.bytes,
        let parsed = try? DistributionFilename(name.span),
        let own = Version(name.span.extracting(parsed.version)), own != version
      else { continue }
      add(code: "wrong-version", "\(name.shown) is listed as a file of version \(release.version)")
    }
  }

  private mutating func checkLatest(_ latest: String, _ releases: [Release]) {
    let own = releases.first { $0.version.utf8.elementsEqual(latest.utf8) }
    guard let own, !own.isOrdinary, let better = releases.last(where: \.isOrdinary) else { return }
    let message =
      "the version \(latest) is told as the latest, though it is yanked or a pre-release, and "
      + "\(better.version) is neither"
    add(code: "wrong-latest", message)
  }

  private mutating func add(code: String, _ message: String) {
    findings.append(Finding(code: code, path, message))
  }
}
