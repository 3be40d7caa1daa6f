import DescriptionMarkup
import StrictJSON

/// Descriptions become tags that are known and balanced, and text.
enum DescriptionProperties {
  private static let names: Set<String> = [
    "p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code", "table", "thead",
    "tbody", "tr", "th", "td", "dl", "dt", "dd", "em", "strong", "del", "a",
  ]

  static func check(_ input: [UInt8]) {
    for format in [DescriptionFormat.markdown, .restructuredText, .plain] {
      do throws(MissingLibrary) { try DescriptionMarkup.prepare(format) } catch {
        fatalError("\(error)")
      }
      var output = ByteBuffer()
      DescriptionMarkup.append(input.span, as: format, to: &output)
      let html = [UInt8](of: output.span)
      require(html.isUTF8, "a description became no UTF-8")
      checkTags(of: html)
    }
  }

  private static func checkTags(of html: [UInt8]) {
    var open: [String] = []
    let parts = html.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false)
    for part in parts.dropFirst() {
      guard let end = part.firstIndex(of: UInt8(ascii: ">")) else { fatalError("a tag has no end") }
      let tag = String(decoding: part[..<end], as: UTF8.self)
      let name = String(tag.prefix { $0 != " " })
      if name == "br" || name == "hr" {
        require(tag == name, "a break has attributes")
      } else if name.first == "/" {
        require(open.popLast() == String(name.dropFirst()), "a tag is closed that was not open")
      } else {
        require(names.contains(name), "a tag is not known")
        require(tag.count { $0 == "\"" } % 2 == 0, "an attribute is not closed")
        open.append(name)
      }
    }
    require(open.isEmpty, "a tag was not closed")
  }
}
