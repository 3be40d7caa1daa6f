internal import CXML2

/// Who is told of the elements and texts of an XML document, in their order.
public protocol XMLVisitor {
  /// An element begins; `name` is without its prefix.
  mutating func start(_ name: borrowing Span<UInt8>)
  /// A part of the text of the innermost open element; it may come in several.
  mutating func text(_ text: borrowing Span<UInt8>)
  /// The innermost open element ends.
  mutating func end()
}

/// Reads an XML document that comes in chunks, in constant memory: a listing of S3, say.
///
/// It must be well-formed UTF-8 whatever its declaration says, without a DOCTYPE. Attributes are
/// not handed out. After an error nothing more may be fed; what the visitor was told must not be
/// used.
@safe
public struct XMLReader: ~Copyable {
  private let parser: OpaquePointer
  private var gate: PageGate

  /// Creates a reader of one document.
  ///
  /// - Parameter limits: How much is read.
  /// - Throws: `MarkupProblem` with `noLibrary` when libxml2 is not installed.
  public init(limits: PageLimits = PageLimits()) throws(MarkupProblem) {
    try MarkupLibrary.load()
    guard let parser = unsafe cxml2_xml_new() else {
      throw MarkupProblem(.noMemory, "no memory is left", at: 0)
    }
    unsafe self.parser = parser
    gate = PageGate(charset: .utf8, limits: limits)
  }

  deinit { unsafe cxml2_xml_free(parser) }

  /// Reads the next bytes of the document.
  ///
  /// - Parameters:
  ///   - chunk: Any number of bytes.
  ///   - visitor: Who is told what was found.
  /// - Throws: `MarkupProblem` when the document cannot be read completely.
  public mutating func feed(
    _ chunk: borrowing Span<UInt8>,
    _ visitor: inout some XMLVisitor
  ) throws(MarkupProblem) {
    var start = 0
    while start < chunk.count {
      let end = min(start + PageGate.sliceSize, chunk.count)
      let slice = chunk.extracting(start..<end)
      if let mended = try gate.admit(slice) {
        try read(mended.span, &visitor)
      } else {
        try read(slice, &visitor)
      }
      start = end
    }
  }

  /// Ends the document.
  ///
  /// - Throws: `MarkupProblem` when it is not complete.
  public consuming func finish(_ visitor: inout some XMLVisitor) throws(MarkupProblem) {
    _ = try gate.finish()
    if gate.count == 0 { throw MarkupProblem(.empty, "the document is empty", at: 0) }
    try check(unsafe cxml2_xml_finish(parser))
    deliver(&visitor)
  }

  private func read(
    _ slice: borrowing Span<UInt8>,
    _ visitor: inout some XMLVisitor
  ) throws(MarkupProblem) {
    let parser = unsafe self.parser
    let problem = unsafe slice.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return CXML2_FINE }
      return unsafe cxml2_xml_feed(parser, start, bytes.count)
    }
    try check(problem)
    deliver(&visitor)
  }

  private func deliver(_ visitor: inout some XMLVisitor) {
    var count = 0
    guard let start = unsafe cxml2_xml_events(parser, &count) else { return }
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    let events = unsafe bytes.span
    var position = 0
    while position < events.count {
      let kind = events[position]
      let length = unsafe Int(
        events.bytes.unsafeLoadUnaligned(fromByteOffset: position + 1, as: UInt32.self)
      )
      let body = events.extracting(position + 5..<position + 5 + length)
      switch kind {
      case UInt8(ascii: "<"): visitor.start(body)
      case UInt8(ascii: ">"): visitor.end()
      default: visitor.text(body)
      }
      position += 5 + length
    }
  }

  private func check(_ problem: cxml2_problem) throws(MarkupProblem) {
    if problem == CXML2_FINE { return }
    var code: Int32 = 0
    let message = unsafe String(cString: cxml2_xml_message(parser, &code))
    let position = gate.offset(of: unsafe cxml2_xml_position(parser))
    throw MarkupLibrary.problem(problem, at: position, said: message, code: code)
  }
}
