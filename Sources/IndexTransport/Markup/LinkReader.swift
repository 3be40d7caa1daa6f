internal import CXML2

/// Reads the links of an HTML page that comes in chunks, in constant memory.
///
/// It fails rather than leave a link out. A `<base>` after the first link is refused: browsers
/// apply it to all links, but those before it have been handed out. So is a link inside an element
/// that browsers read as text, and a comment that browsers end earlier than libxml2 does.
///
/// After an error nothing more may be fed; what the visitor was told must not be used.
@safe
public struct LinkReader: ~Copyable {
  private let parser: OpaquePointer
  private var gate: PageGate
  private var tail = PageTail()
  private var facts = PageFacts()
  private var hasText = false

  /// Creates a reader of one page.
  ///
  /// - Parameters:
  ///   - charset: What the content type of the page says.
  ///   - limits: How much is read.
  /// - Throws: `MarkupProblem` with `noLibrary` when libxml2 is not installed.
  public init(
    charset: PageCharset,
    limits: PageLimits = PageLimits()
  ) throws(MarkupProblem) {
    try MarkupLibrary.load()
    guard let parser = unsafe cxml2_html_new() else {
      throw MarkupProblem(.noMemory, "no memory is left", at: 0)
    }
    unsafe self.parser = parser
    gate = PageGate(charset: charset, limits: limits)
  }

  deinit { unsafe cxml2_html_free(parser) }

  /// Reads the next bytes of the page.
  ///
  /// - Parameters:
  ///   - chunk: Any number of bytes; where they are cut makes no difference to what is found.
  ///   - visitor: Who is told of the links that are complete now.
  /// - Throws: `MarkupProblem` when the page cannot be read completely.
  /// - Complexity: O(bytes); tags that libxml2 would take long for are refused.
  public mutating func feed(
    _ chunk: borrowing Span<UInt8>,
    _ visitor: inout some LinkVisitor
  ) throws(MarkupProblem) {
    tail.add(chunk)
    var start = 0
    while start < chunk.count {
      let end = min(start + PageGate.sliceSize, chunk.count)
      let slice = chunk.extracting(start..<end)
      if let mended = try gate.admit(slice) {
        if gate.carriesBytes { unsafe cxml2_html_carry_bytes(parser) }
        try read(mended.span, &visitor)
      } else {
        try read(slice, &visitor)
      }
      start = end
    }
  }

  /// Ends the page.
  ///
  /// - Parameter visitor: Who is told of the last links.
  /// - Returns: What the page says besides.
  /// - Throws: `MarkupProblem` when the page cannot be read completely.
  public consuming func finish(
    _ visitor: inout some LinkVisitor
  ) throws(MarkupProblem) -> PageFacts {
    let rest = try gate.finish()
    if gate.carriesBytes { unsafe cxml2_html_carry_bytes(parser) }
    if !rest.isEmpty { try read(rest.span, &visitor) }
    if gate.count == 0 { throw MarkupProblem(.empty, "the page is empty", at: 0) }
    let isInside = unsafe cxml2_html_is_inside(parser) != 0
    facts.isClosed = tail.isClosed && !isInside
    try check(unsafe cxml2_html_finish(parser))
    deliver(&visitor)
    facts.byteCount = gate.count
    facts.isUTF8 = !gate.carriesBytes
    facts.title = fact(CXML2_TITLE)?.trimmed() ?? []
    facts.heading = fact(CXML2_HEADING)?.trimmed() ?? []
    facts.footer = fact(CXML2_FOOTER)?.trimmed() ?? []
    facts.base = fact(CXML2_BASE)
    facts.metas = PageFacts.metas(fact(CXML2_METAS) ?? [])
    return facts
  }

  private mutating func read(
    _ slice: borrowing Span<UInt8>,
    _ visitor: inout some LinkVisitor
  ) throws(MarkupProblem) {
    let parser = unsafe self.parser
    let problem = unsafe slice.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return CXML2_FINE }
      return unsafe cxml2_html_feed(parser, start, bytes.count)
    }
    try check(problem)
    deliver(&visitor)
  }

  private mutating func deliver(_ visitor: inout some LinkVisitor) {
    if facts.base == nil, let base = fact(CXML2_BASE) {
      facts.base = base
      visitor.visit(base: base.span)
    }
    var count = 0
    guard let links = unsafe cxml2_html_links(parser, &count), count > 0 else { return }
    var byteCount = 0
    let start = unsafe cxml2_html_bytes(parser, &byteCount)
    let bytes = unsafe UnsafeBufferPointer(start: start, count: byteCount)
    for index in 0..<count {
      visitor.visit(PageLink(unsafe bytes.span, unsafe links[index]))
    }
    facts.linkCount += count
  }

  private func fact(_ fact: cxml2_fact) -> [UInt8]? {
    var count = 0
    guard let start = unsafe cxml2_html_fact(parser, fact, &count) else { return nil }
    return unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }

  private func check(_ problem: cxml2_problem) throws(MarkupProblem) {
    if problem == CXML2_FINE { return }
    var code: Int32 = 0
    let message = unsafe String(cString: cxml2_html_message(parser, &code))
    let position = gate.offset(of: unsafe cxml2_html_position(parser))
    throw MarkupLibrary.problem(problem, at: position, said: message, code: code)
  }
}

extension PageFacts {
  /// The metas of pairs of a name and a content, each with a NUL byte after it.
  fileprivate static func metas(_ bytes: [UInt8]) -> [Meta] {
    var parts = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()[...]
    var metas: [Meta] = []
    while let name = parts.popFirst(), let content = parts.popFirst() {
      metas.append(Meta(name: Array(name), content: Array(content)))
    }
    return metas
  }
}

extension [UInt8] {
  /// The bytes without space and the marks of cells and rows at both ends.
  fileprivate func trimmed() -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool {
      byte == 0x20 || (9...13).contains(byte) || byte == 0x1E || byte == 0x1F
    }
    let start = drop(while: isSpace)
    let end = start.lastIndex { !isSpace($0) }
    return end.map { Array(start[...$0]) } ?? []
  }
}
