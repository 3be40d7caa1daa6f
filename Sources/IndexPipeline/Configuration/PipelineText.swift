import StrictJSON

/// The text of a pipeline file, and what is wrong with it so far.
///
/// All mistakes of a file are collected and said in one run.
final class PipelineText {
  /// The path, as the person gave it.
  let path: String
  private let bytes: [UInt8]
  private(set) var failures: [StageFailure] = []
  /// The matchers that were read.
  private(set) var matchers: [Matcher] = []
  /// The sources that matchers name.
  private(set) var references: [SourceReference] = []

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A path; one that is relative starts at the folder of this file.
  func resolved(path: String) -> String {
    let slash = UInt8(ascii: "/")
    if path.utf8.first == slash { return path }
    guard let end = self.path.utf8.lastIndex(of: slash) else { return path }
    return self.path[...end] + path
  }

  /// The value of a field with its placeholders filled in; `nil` if it is not known yet.
  func filled(_ value: JSONValue, _ spec: FieldSpec, at pointer: JSONPointer) -> JSONValue? {
    value
  }

  /// The mistakes in the order of the file.
  var orderedFailures: [StageFailure] {
    failures.sorted { a, b in
      guard let (a, b) = a.excerpt.flatMap({ a in b.excerpt.map { (a, $0) } }) else { return false }
      return (a.line, a.column) < (b.line, b.column)
    }
  }

  /// Says that the bytes of `range` are wrong.
  func refuse(
    _ code: String,
    _ message: String,
    at range: Range<Int>,
    _ pointer: JSONPointer,
    caret: String = "",
    notes: [String] = [],
    help: String? = nil
  ) {
    failures.append(
      StageFailure(
        .config,
        code: code,
        message,
        excerpt: excerpt(of: range, pointer, caret),
        notes: notes,
        help: help
      )
    )
  }

  /// The line of a byte, from 1.
  func line(of offset: Int) -> Int {
    let bytes = bytes
    return SourceLocation(of: min(offset, bytes.count), in: bytes.span).line
  }

  /// Remembers a matcher, which the framework prepares for each run.
  func register(_ matcher: Matcher) -> Matcher {
    matchers.append(matcher)
    return matcher
  }

  /// Forgets the matchers from the one of that number on: their stage does not run.
  func forgetMatchers(from count: Int) { matchers.removeSubrange(count...) }

  /// Remembers that a matcher names a source.
  func refer(
    toSource glob: Glob,
    _ text: String,
    at range: Range<Int>,
    _ pointer: JSONPointer
  ) {
    references.append(SourceReference(glob: glob, text: text, range: range, pointer: pointer))
  }

  /// Refuses each reference that meets none of the sources.
  func refuseUnknownSources(among ids: [String]) {
    guard !ids.isEmpty else { return }
    for reference in references
    where !ids.contains(where: { reference.glob.matches($0) }) {
      refuse(
        "unknown-reference",
        "\"source\" names a source that does not exist: \"\(reference.text)\"",
        at: reference.range,
        reference.pointer,
        caret: Suggestion.text(for: reference.text, among: ids),
        notes: ["source ids in this file: \(ids.joined(separator: ", "))"]
      )
    }
  }

  /// The line around the start of `range`, for a message.
  private func excerpt(of range: Range<Int>, _ pointer: JSONPointer, _ note: String) -> Excerpt {
    let bytes = bytes
    let newline = UInt8(ascii: "\n")
    let start = min(range.lowerBound, bytes.count)
    let lineStart = bytes[..<start].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let lineEnd = bytes[start...].firstIndex(of: newline) ?? bytes.count
    let end = max(start, min(range.upperBound, lineEnd))
    let location = SourceLocation(of: start, in: bytes.span)
    return Excerpt(
      path: path,
      line: location.line,
      text: Array(bytes[lineStart..<lineEnd]),
      range: start - lineStart..<end - lineStart,
      note: note,
      pointer: pointer.description
    )
  }
}

/// A source that a matcher names.
struct SourceReference {
  let glob: Glob
  let text: String
  let range: Range<Int>
  let pointer: JSONPointer
}

/// All that is wrong with a pipeline file.
public struct PipelineFileFailure: Error, Sendable {
  /// The path, as the person gave it.
  public let path: String
  /// The mistakes, in the order of the file; at least one.
  public let failures: [StageFailure]
  /// Whether the text is not JSON, so that nothing else was checked.
  public let isSyntax: Bool
}
