import IndexTransport

/// Where a document is cut makes no difference to what is found, and each element that begins ends.
enum XMLProperties {
  static func check(_ document: [UInt8]) {
    var generator = InputGenerator(document)
    let whole = read(document, in: [0..<document.count])
    let cut = read(document, in: generator.chunks(of: document.count))
    // libxml2 takes `<!-->` for a whole comment if it comes alone, and refuses it.
    if let whole, let cut {
      require(whole == cut, "where a document is cut makes a difference: \(whole) or \(cut)")
    }
    guard let visitor = whole ?? cut else { return }
    require(document.isUTF8, "a document that is no UTF-8 is read")
    require(visitor.depth == 0 && visitor.rootCount == 1, "there is not exactly one root")
  }

  private static func read(
    _ document: [UInt8],
    in chunks: [Range<Int>]
  ) -> ElementRecorder? {
    var visitor = ElementRecorder()
    do throws(MarkupProblem) {
      var reader = try XMLReader()
      for chunk in chunks { try reader.feed(document.span.extracting(chunk), &visitor) }
      try reader.finish(&visitor)
      return visitor
    } catch {
      require(error.code != .noLibrary, "libxml2 is missing")
      require((0...document.count).contains(error.offset), "a problem is not in the document")
      return nil
    }
  }
}

/// Keeps the elements and texts of a document.
private struct ElementRecorder: XMLVisitor, Equatable {
  private enum Event: Equatable {
    case start([UInt8])
    case text([UInt8])
    case end
  }

  private var events: [Event] = []
  private(set) var depth = 0
  private(set) var rootCount = 0

  mutating func start(_ name: borrowing Span<UInt8>) {
    require(!name.isEmpty, "an element has no name")
    if depth == 0 { rootCount += 1 }
    depth += 1
    require(depth <= 200, "elements are nested too deep")
    events.append(.start([UInt8](of: name)))
  }

  mutating func text(_ text: borrowing Span<UInt8>) {
    require(depth > 0, "a text is outside of the root")
    // A text may come in several parts.
    if case .text(let before) = events.last {
      events[events.count - 1] = .text(before + [UInt8](of: text))
    } else {
      events.append(.text([UInt8](of: text)))
    }
  }

  mutating func end() {
    depth -= 1
    require(depth >= 0, "an element ends that did not begin")
    events.append(.end)
  }
}
