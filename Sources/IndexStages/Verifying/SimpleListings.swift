import IndexModel
import IndexTransport
import StrictJSON

/// The two forms of a project's simple page, and how they agree.
struct SimpleListings {
  /// The files of one form.
  struct Listing {
    let path: [UInt8]
    let bytes: [UInt8]
    let base: [UInt8]?
    let files: [ListedFile]
  }

  private let folder: [UInt8]
  private let htmlPath: [UInt8]
  /// The JSON form, which has sizes, before the HTML form.
  private(set) var all: [Listing] = []
  private(set) var findings: [Finding] = []

  init(folder: [UInt8], htmlPath: [UInt8]) {
    self.folder = folder
    self.htmlPath = htmlPath
  }

  /// Reads the forms that are there.
  mutating func read(html: [UInt8]?, json: [UInt8]?, of name: [UInt8]) {
    if let json { read(json: json, of: name) }
    let names = Set(all.first?.files.map(\.filename) ?? [])
    guard let html else { return }
    do throws(MarkupProblem) {
      let page = try ListedHTML(html)
      // Pages of other indexes have other links too.
      let files = page.files.filter { names.contains($0.filename) || $0.isCustomary }
      all.append(Listing(path: htmlPath, bytes: html, base: page.base, files: files))
    } catch {
      findings.append(Finding(error, on: htmlPath))
    }
    if all.count == 2 { findings += FormComparison(all[1], all[0]).findings }
  }

  private mutating func read(json: [UInt8], of name: [UInt8]) {
    let path = folder + "index.v1_json".utf8
    do throws(JSONError) {
      let page = try ListedJSON(json)
      guard let files = page.files else {
        findings.append(Finding(code: "damaged-page", path, "it has no array \"files\""))
        return
      }
      if page.name != name {
        let said = page.name.map { "\"\($0.shown)\"" } ?? "no project"
        let message = "it is the page of \(said), in the folder of \"\(name.shown)\""
        findings.append(Finding(code: "strayed-file", path, message))
      }
      all.append(Listing(path: path, bytes: json, base: nil, files: files))
    } catch {
      findings.append(Finding(error, on: path, json))
    }
  }
}

extension ListedFile {
  /// Whether it is a distribution, as its name or its link tells.
  fileprivate var isCustomary: Bool {
    DistributionFilename.isCustomary(filename.span)
      || DistributionFilename.isCustomary(href.lastPart.span)
  }
}
