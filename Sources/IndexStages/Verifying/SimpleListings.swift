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
  private(set) var all: [Listing] = []
  private(set) var findings: [Finding] = []

  init(folder: [UInt8], htmlPath: [UInt8]) {
    self.folder = folder
    self.htmlPath = htmlPath
  }

  mutating func read(html: [UInt8]?, json: [UInt8]?, of name: [UInt8]) {
    if let html {
      do throws(MarkupProblem) {
        let page = try ListedHTML(html)
        let files = page.files.filter(\.isFile)
        all.append(Listing(path: htmlPath, bytes: html, base: page.base, files: files))
      } catch {
        findings.append(Finding(error, on: htmlPath))
      }
    }
    if let json { read(json: json, of: name) }
    if all.count == 2, html != nil { findings += FormComparison(all[0], all[1]).findings }
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
  /// Whether a link may be one to a distribution: pages of other indexes have others too.
  fileprivate var isFile: Bool {
    DistributionFilename.isCustomary(filename.span)
      || DistributionFilename.isCustomary(href.lastPart.span)
  }
}
