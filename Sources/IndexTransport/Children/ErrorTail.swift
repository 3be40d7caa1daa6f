internal import Glibc

/// Cuts standard error into lines, hands them on, and keeps the last ones.
///
/// Nothing in it can fail: a program must not be able to end a run with what it says.
struct ErrorTail {
  /// The most lines that are kept.
  static let count = 20

  private(set) var lines: [ErrorLine] = []
  private var start: [UInt8] = []
  private var omittedCount = 0
  private let observer: (any ChildObserver)?

  init(observer: (any ChildObserver)?) { self.observer = observer }

  /// Takes the next bytes.
  mutating func append(_ bytes: borrowing Span<UInt8>) {
    var position = 0
    while position < bytes.count {
      let newline = bytes.newline(from: position)
      let part = bytes.extracting(position..<(newline ?? bytes.count))
      let kept = min(part.count, ErrorLine.limit - start.count)
      unsafe part.withUnsafeBufferPointer { unsafe start.append(contentsOf: $0.prefix(kept)) }
      omittedCount += part.count - kept
      guard let newline else { return }
      endLine()
      position = newline + 1
    }
  }

  /// Takes the end: a last line need not have a newline.
  mutating func finish() {
    if !start.isEmpty { endLine() }
  }

  private mutating func endLine() {
    let line = ErrorLine(bytes: start, omittedCount: omittedCount)
    start.removeAll(keepingCapacity: true)
    omittedCount = 0
    if lines.count == Self.count { lines.removeFirst() }
    lines.append(line)
    observer?.childWrote(line)
  }
}

extension Span where Element == UInt8 {
  /// The place of the first newline at `start` or behind it.
  @inline(__always)
  func newline(from start: Int) -> Int? {
    precondition(start >= 0 && start <= count, "a search begins in the span")
    return unsafe withUnsafeBufferPointer { bytes -> Int? in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, 0x0A, bytes.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }
}
