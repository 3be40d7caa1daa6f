import IndexModel
import StrictJSON

/// Writes the URLs of distributions as they read from the page they stand on.
struct LinkWriter: Sendable {
  private let fileURL: FileURL
  /// Whether a URL of the index has a query; a metadata file cannot be found beside such a one.
  private let hasQuery: Bool

  private let hasAmpersand: Bool

  init(_ fileURL: FileURL) {
    self.fileURL = fileURL
    let url = fileURL.before + fileURL.after
    hasQuery = url.contains(UInt8(ascii: "?"))
    hasAmpersand = url.contains(UInt8(ascii: "&"))
  }

  /// Whether links read the same from every folder, as absolute ones do.
  var isSameEverywhere: Bool { !fileURL.isRelative }

  /// Whether the metadata of a distribution can be served beside it.
  func allowsMetadata(_ facts: Facts, _ text: borrowing Span<UInt8>) -> Bool {
    if facts.url.isEmpty { return !hasQuery }
    return text[facts.url].firstIndex(of: UInt8(ascii: "?"), from: 0) == nil
  }

  /// Appends a URL that needs no escape in JSON and none but `&` in HTML.
  @inline(__always)
  func append(
    _ distribution: Distribution,
    _ facts: Facts,
    project: borrowing Span<UInt8>,
    from folder: PageFolder,
    _ text: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    if !facts.url.isEmpty {
      appendOwnURL(text[facts.url], project: project, from: folder, to: &output)
      return
    }
    if fileURL.isRelative {
      output.append(relativeURL: fileURL.before.span, of: project, from: folder)
    } else {
      output.append(fileURL.before.span)
    }
    if distribution.name.needsEscape {
      output.append(urlComponent: text[distribution.filename])
    } else {
      output.append(text[distribution.filename])
    }
    if !fileURL.after.isEmpty { output.append(fileURL.after.span) }
  }

  /// Appends the same URL for a double-quoted attribute.
  @inline(__always)
  func appendHTML(
    _ distribution: Distribution,
    _ facts: Facts,
    project: borrowing Span<UInt8>,
    from folder: PageFolder,
    _ text: borrowing Span<UInt8>,
    to output: inout ByteBuffer
  ) {
    let start = output.count
    append(distribution, facts, project: project, from: folder, text, to: &output)
    if hasAmpersand || !facts.url.isEmpty { output.escapeAmpersands(from: start) }
  }

  /// Appends the URL that a record gives, with every byte encoded that a page cannot hold.
  private func appendOwnURL(
    _ url: borrowing Span<UInt8>,
    project: borrowing Span<UInt8>,
    from folder: PageFolder,
    to output: inout ByteBuffer
  ) {
    var encoded = ByteBuffer(minimumCapacity: url.count)
    let query = url.firstIndex(of: UInt8(ascii: "?"), from: 0) ?? url.count
    for index in url.indices {
      switch url[index] {
      // A query keeps its "+", which means a space there.
      case UInt8(ascii: "+") where index > query, UInt8(ascii: "!") where index > query:
        encoded.append(url[index])
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
        UInt8(ascii: "}"), UInt8(ascii: "+"), UInt8(ascii: "!"), 0x80...:
        encoded.append(urlComponent: url.extracting(index..<index + 1))
      default: encoded.append(url[index])
      }
    }
    let isRelative = !FileURL.hasScheme(url) && url[0] != UInt8(ascii: "/")
    if isRelative {
      output.append(relativeURL: encoded.span, of: project, from: folder)
    } else {
      output.append(encoded.span)
    }
  }
}

extension ByteBuffer {
  /// Makes `&amp;` of each `&` from `start` on.
  fileprivate mutating func escapeAmpersands(from start: Int) {
    guard span.extracting(start...).firstIndex(of: UInt8(ascii: "&"), from: 0) != nil else {
      return
    }
    let plain = Array(span.extracting(start...))
    truncate(to: start)
    append(html: plain.span)
  }
}
