/// Compares what the two forms of a project's page say: an installer reads one of them.
struct FormComparison {
  private let html: SimpleListings.Listing
  private let json: SimpleListings.Listing

  init(_ html: SimpleListings.Listing, _ json: SimpleListings.Listing) {
    self.html = html
    self.json = json
  }

  /// Where they do not agree.
  var findings: [Finding] {
    let second = Dictionary(json.files.map { ($0.filename, $0) }) { first, _ in first }
    let first = Set(html.files.map(\.filename))
    var findings: [Finding] = []
    for file in html.files {
      guard let other = second[file.filename] else {
        findings.append(finding(html, "lists \(file.filename.shown), and the JSON form does not"))
        continue
      }
      for fact in differences(of: file, other) {
        let message = "the JSON form has another \(fact) for \(file.filename.shown)"
        findings.append(finding(html, message, line: html.line(of: file)))
      }
    }
    for file in json.files where !first.contains(file.filename) {
      findings.append(finding(json, "lists \(file.filename.shown), and the HTML form does not"))
    }
    if findings.isEmpty, html.files.map(\.filename) != json.files.map(\.filename) {
      findings.append(finding(html, "lists the files in another order than the JSON form"))
    }
    return findings
  }

  private func finding(
    _ listing: SimpleListings.Listing,
    _ message: String,
    line: Int? = nil
  ) -> Finding {
    Finding(code: "forms-disagree", listing.path, line: line, message)
  }

  private func differences(of file: ListedFile, _ other: ListedFile) -> [String] {
    var facts: [String] = []
    if file.href != other.href, html.base == nil { facts.append("URL") }
    let isLost = file.digests.isEmpty && other.digests.contains(where: \.isForHTML)
    if isLost || !file.digests.allSatisfy(other.digests.contains) { facts.append("digest") }
    if file.requiresPython != other.requiresPython { facts.append("requires-python") }
    if file.yank != other.yank { facts.append("yank") }
    if file.metadata != other.metadata { facts.append("core-metadata") }
    return facts
  }
}

extension FileDigest {
  /// Whether it can be in a link: uv refuses a page for others.
  fileprivate var isForHTML: Bool {
    ["sha256", "sha384", "sha512", "md5"].contains { name.elementsEqual($0.utf8) }
  }
}

extension SimpleListings.Listing {
  /// The line of a file, from 1; nil if the page has only one, or its name stands there escaped.
  func line(of file: ListedFile) -> Int? {
    guard !file.filename.isEmpty, bytes.contains(UInt8(ascii: "\n")),
      let place = bytes.firstRange(of: file.filename)
    else { return nil }
    return 1 + bytes[..<place.lowerBound].count { $0 == UInt8(ascii: "\n") }
  }
}
