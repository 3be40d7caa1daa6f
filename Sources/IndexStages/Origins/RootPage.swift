import IndexRendering
import IndexTransport
import StrictJSON

/// The root page of a simple index.
struct RootPage {
  let links: [ProjectLink]
  let validators: HTTPValidators?
  /// The number of the last change of the index; nil if it does not count.
  let serial: Int?
  /// Whether nothing of it has to be left out.
  let isWhole: Bool
  /// Whether it is as the run before kept it.
  let isRestored: Bool

  init(_ page: SimplePage, _ response: HTTPResponse) {
    links = page.projects
    validators = response.validators
    serial = page.serial
    isWhole = page.badNames.isEmpty
    isRestored = false
  }

  /// Reads a page that was kept; nil if it is damaged.
  ///
  /// - Throws: `IOFailure` if it cannot be read.
  init?(
    kept page: PageStore.Page,
    at url: [UInt8],
    in store: PageStore
  ) throws(IOFailure) {
    let body = try store.body(at: url)
    guard PageDigest(body.span) == page.digest else { return nil }
    validators = page.validators
    serial = page.serial
    isWhole = true
    isRestored = true
    links = body.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let parts = line.split(separator: UInt8(ascii: " "))
      guard parts.count >= 2 else { return nil }
      let serial = parts.count > 2 ? Int(String(decoding: parts[2], as: UTF8.self)) : nil
      return ProjectLink(name: Array(parts[0]), url: Array(parts[1]), serial: serial)
    }
  }

  /// The page as it is kept: a name, a URL and a number a line, none of which hold spaces.
  var lines: [UInt8] {
    var buffer = ByteBuffer()
    for link in links {
      buffer.append(link.name.span)
      buffer.append(" ")
      buffer.append(link.url.span)
      if let serial = link.serial {
        buffer.append(" ")
        buffer.append(decimal: serial)
      }
      buffer.append("\n")
    }
    return Array(buffer.span)
  }
}
