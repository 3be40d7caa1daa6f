import StrictJSON

/// The layout of a page: text with placeholders, `{{ name }}`, and no logic.
///
/// A placeholder that stands alone on its line takes the line with it, so that an empty part leaves
/// no empty line.
package struct Template: Sendable {
  /// A run of text and the part behind it.
  struct Segment: Sendable, Equatable {
    /// Where it lies in ``Template/text``.
    var literal: Range<Int>
    /// The part that follows it, if any.
    var part: LayoutPart?
  }

  /// Something that is wrong with a template.
  package struct Problem: Sendable, Equatable {
    /// What is wrong.
    package enum Kind: Sendable, Equatable {
      /// The template has no placeholder of that name.
      case unknown(String)
      /// The placeholder does not end in its line.
      case unended
      /// The template cannot do without this part.
      case missing(LayoutPart)
    }

    /// What is wrong.
    package let kind: Kind
    /// Where it is wrong, in bytes of the text.
    package let range: Range<Int>
  }

  private(set) var text: [UInt8]
  private(set) var segments: [Segment] = []
  /// All that is wrong; such places are taken as plain text.
  package private(set) var problems: [Problem] = []

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - text: The text, in UTF-8.
  ///   - file: Which file of the layout it is.
  /// - Complexity: O(length of the text).
  package init(_ text: [UInt8], as file: LayoutFile) {
    self.text = text
    let known = file.parts ?? []
    var (start, place) = (0, 0)
    while let open = text.first(of: "{", twiceFrom: place) {
      let line = open..<(text[open...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count)
      guard let close = text.first(of: "}", twiceFrom: open + 2), close < line.upperBound else {
        problems.append(Problem(kind: .unended, range: open..<open + 2))
        place = open + 2
        continue
      }
      place = close + 2
      let name = String(decoding: text[open + 2..<close].trimmed, as: UTF8.self)
      if let part = known.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) {
        let whole = text.wholeLine(around: open..<place, after: start)
        segments.append(Segment(literal: start..<whole.lowerBound, part: part))
        (start, place) = (whole.upperBound, whole.upperBound)
      } else {
        problems.append(Problem(kind: .unknown(name), range: open..<place))
      }
    }
    segments.append(Segment(literal: start..<text.count))
    if let required = file.required, !segments.contains(where: { $0.part == required }) {
      problems.append(Problem(kind: .missing(required), range: 0..<0))
    }
  }

  /// The template with another one in the places of a part.
  func filling(_ part: LayoutPart, with content: Template) -> Template {
    var filled = self
    let shift = text.count
    filled.text += content.text
    filled.segments = segments.flatMap { segment in
      guard segment.part == part else { return [segment] }
      let inner = content.segments.map { inner in
        let (start, end) = (inner.literal.lowerBound, inner.literal.upperBound)
        return Segment(literal: start + shift..<end + shift, part: inner.part)
      }
      return [Segment(literal: segment.literal)] + inner
    }
    return filled
  }
}

extension [UInt8] {
  /// Where a brace first stands twice, from a place on.
  fileprivate func first(of brace: Unicode.Scalar, twiceFrom start: Int) -> Int? {
    let brace = UInt8(ascii: brace)
    let places = start..<Swift.max(start, count - 1)
    return places.first { self[$0] == brace && self[$0 + 1] == brace }
  }

  /// The range with the line around it, if nothing else stands there.
  fileprivate func wholeLine(around range: Range<Int>, after start: Int) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low > start, self[low - 1].isBlank { low -= 1 }
    while high < count, self[high].isBlank || self[high] == UInt8(ascii: "\r") { high += 1 }
    let begins = low == 0 || self[low - 1] == UInt8(ascii: "\n")
    guard begins, high < count, self[high] == UInt8(ascii: "\n") else { return range }
    return low..<high + 1
  }
}

extension ArraySlice<UInt8> {
  /// The bytes without blanks around them.
  fileprivate var trimmed: ArraySlice {
    let head = drop { $0.isBlank }
    guard let last = head.lastIndex(where: { !$0.isBlank }) else { return [] }
    return head[...last]
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
