import IndexTransport

/// What the differential tests ask of the readers of markup.
enum MarkupProbe {
  /// Each link of a page, or why the page is refused.
  ///
  /// A link is its `href`, text and attributes in hexadecimal digits. A second argument is the size
  /// of the chunks, in decimal digits.
  static func links(_ arguments: [[UInt8]]) -> String {
    let page = arguments.first ?? []
    let size = arguments.count > 1 ? Int(String(decoding: arguments[1], as: UTF8.self)) : nil
    var collector = LinkCollector()
    do throws(MarkupProblem) {
      let facts = try read(page, chunk: size ?? max(page.count, 1), &collector)
      return "ok\t\(facts.isClosed ? 1 : 0)\t" + collector.lines.joined(separator: ";")
    } catch {
      return "refused\t\(error.code.rawValue)"
    }
  }

  private static func read(
    _ page: [UInt8],
    chunk: Int,
    _ collector: inout LinkCollector
  ) throws(MarkupProblem) -> PageFacts {
    var reader = try LinkReader(charset: .bytes)
    var start = 0
    while start < page.count {
      let end = min(start + chunk, page.count)
      try reader.feed(page.span.extracting(start..<end), &collector)
      start = end
    }
    return try reader.finish(&collector)
  }

  /// `ok`, or `refused` and why an XML document is.
  static func xml(_ arguments: [[UInt8]]) -> String {
    let document = arguments.first ?? []
    var ignored = IgnoredElements()
    do throws(MarkupProblem) {
      var reader = try XMLReader()
      try reader.feed(document.span, &ignored)
      try reader.finish(&ignored)
      return "ok"
    } catch {
      return "refused\t\(error.code.rawValue)"
    }
  }
}

private struct LinkCollector: LinkVisitor {
  static let attributes = ["data-requires-python", "data-yanked", "title", "rel"]
  var lines: [String] = []

  mutating func visit(_ link: borrowing PageLink) {
    var parts = [hex(link.href), hex(link.text)]
    for name in Self.attributes {
      if let value = link.attribute(named: name) { parts.append(name + "=" + hex(value)) }
    }
    lines.append(parts.joined(separator: ","))
  }

  private func hex(_ bytes: borrowing Span<UInt8>) -> String {
    var text = ""
    for index in 0..<bytes.count {
      text += String(bytes[index] >> 4, radix: 16) + String(bytes[index] & 15, radix: 16)
    }
    return text
  }
}

private struct IgnoredElements: XMLVisitor {
  mutating func start(_ name: borrowing Span<UInt8>) {}
  mutating func text(_ text: borrowing Span<UInt8>) {}
  mutating func end() {}
}
