@testable import IndexStages
import IndexModel
import IndexTransport
import StrictJSON

/// What is made of a page of the simple API are lines that the reader of records understands.
enum SimpleJSONProperties {
  static func check(_ text: [UInt8]) {
    let page = SimplePage(of: [])
    var reader = SimpleJSONReader(base: SimplePageBase.url)
    do throws(JSONError) {
      try reader.read(text, into: page)
    } catch {
      require(error.range.lowerBound >= 0, "a mistake is not in the text")
      return
    }
    require((try? JSONDocument(parsing: text)) != nil || hasTwins(text), "bad JSON is read")
    SimplePageBase.check(page)
  }

  /// Whether the text is JSON in which only a key is there twice.
  private static func hasTwins(_ text: [UInt8]) -> Bool {
    do throws(JSONError) {
      _ = try JSONDocument(parsing: text)
      return false
    } catch {
      guard case .duplicateKey = error.code else { return false }
      return true
    }
  }
}

/// The same for pages in HTML, as root pages and as those of projects.
enum SimpleHTMLProperties {
  static func check(_ text: [UInt8]) {
    for isRoot in [false, true] {
      let page = SimplePage(of: [])
      var reader = SimpleHTMLReader(page, base: SimplePageBase.url, isRoot: isRoot)
      guard (try? PageReading.read(text, in: [0..<text.count], &reader)) != nil else { return }
      require(isRoot ? page.fileCount == 0 : page.projects.isEmpty, "a page is of two kinds")
      SimplePageBase.check(page)
    }
  }
}

enum SimplePageBase {
  static var url: HTTPURL {
    guard let url = try? HTTPURL("https://index.example/simple/demo/") else {
      fatalError("the URL of the page is none")
    }
    return url
  }

  static func check(_ page: SimplePage) {
    for project in page.projects {
      require(ProjectName.isNormalized(project.name.span), "a project has no normal name")
      let text = String(decoding: project.url, as: UTF8.self)
      require((try? HTTPURL(text))?.bytes == project.url, "the URL of a project is none: \(text)")
    }
    RecordProperties.checkMade(bytes(of: page.lines))
  }

  private static func bytes(of buffer: borrowing ByteBuffer) -> [UInt8] { Array(buffer.span) }
}
