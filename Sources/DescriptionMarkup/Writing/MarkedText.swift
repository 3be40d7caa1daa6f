internal import StrictJSON

/// A description as its text and the marks in it: what the readers make and the writer writes.
///
/// Marks are always balanced. A loose element, which tags of HTML open, ends at the latest where the
/// element around it does.
struct MarkedText {
  /// What stands at a place of the text.
  enum Mark {
    case open(Element)
    case close
    case text(Range<Int>)
    case lineBreak
    case rule
    /// A name that links may have for the next heading.
    case anchor(Range<Int>)
  }

  private static let maximumCount = 16 << 20

  private(set) var bytes: [UInt8] = []
  private(set) var marks: [Mark] = []
  private var open: [(element: Element, isLoose: Bool)] = []

  /// The element that what comes next is in.
  var innermost: Element? { open.last?.element }

  /// Opens an element.
  mutating func open(_ element: Element, isLoose: Bool = false) {
    marks.append(.open(element))
    open.append((element, isLoose))
  }

  /// Closes the innermost element that is not loose, and the loose ones in it.
  mutating func close() {
    closeLoose()
    if !open.isEmpty { closeLast() }
  }

  /// Closes the loose elements that nothing else is in.
  mutating func closeLoose() {
    while open.last?.isLoose == true { closeLast() }
  }

  /// Closes the innermost element if it is loose and has this name.
  mutating func closeLoose(_ name: StaticString) {
    guard let last = open.last, last.isLoose else { return }
    if "\(last.element.name)" == "\(name)" { closeLast() }
  }

  /// Goes on with the paragraph that was closed last, if nothing came after it.
  ///
  /// - Parameter end: How many marks there were when it was closed.
  /// - Returns: Whether it is open again.
  mutating func reopenParagraph(closedAt end: Int) -> Bool {
    guard marks.count == end, case .close? = marks.last else { return false }
    marks.removeLast()
    open.append((.paragraph, false))
    return true
  }

  private mutating func closeLast() {
    marks.append(.close)
    open.removeLast()
  }

  /// Appends text.
  mutating func append(_ text: borrowing Span<UInt8>) {
    if text.isEmpty { return }
    let range = bytes.count..<bytes.count + text.count
    bytes.append(contentsOf: text)
    if case .text(let last)? = marks.last, last.upperBound == range.lowerBound {
      marks[marks.count - 1] = .text(last.lowerBound..<range.upperBound)
    } else {
      marks.append(.text(range))
    }
  }

  /// Appends the text of a literal.
  mutating func append(_ literal: StaticString) {
    append("\(literal)".utf8Span.span)
  }

  /// Appends a mark without text.
  mutating func append(_ mark: Mark) { marks.append(mark) }

  /// Keeps a URL or a name that a mark speaks of, and says where.
  ///
  /// So much of them that nobody would want them are kept as nothing, which is no link.
  mutating func keep(_ text: borrowing Span<UInt8>) -> Range<Int> {
    let start = bytes.count
    if start > Self.maximumCount { return start..<start }
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }
}
