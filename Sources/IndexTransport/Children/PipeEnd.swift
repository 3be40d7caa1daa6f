internal import CLinux
internal import Glibc

/// This process's end of a pipe to a child: it never waits, and is closed at the end of its life.
struct PipeEnd: ~Copyable {
  /// The file, -1 once it is closed, which poll passes over.
  private(set) var descriptor: Int32

  init(owning descriptor: Int32) { self.descriptor = descriptor }

  deinit { if descriptor >= 0 { _ = clinux_close(descriptor) } }

  var isOpen: Bool { descriptor >= 0 }

  // Nothing is lost in a failed close: what a pipe holds is the reader's.
  mutating func close() {
    if descriptor >= 0 { _ = clinux_close(descriptor) }
    descriptor = -1
  }

  /// What moved through a pipe in one call.
  enum Transfer {
    /// Some bytes, at least 1.
    case bytes(Int)
    /// None now: the pipe is empty, or full.
    case nothing
    /// None ever: the last writer, or the last reader, is gone.
    case end
  }

  /// Reads once and appends to `buffer`.
  func read(into buffer: inout [UInt8], upTo limit: Int) throws(IOFailure) -> Transfer {
    var result = 0
    buffer.append(addingCapacity: limit) { (space: inout OutputSpan<UInt8>) in
      unsafe space.withUnsafeMutableBufferPointer { free, count in
        guard let start = free.baseAddress else { return }
        unsafe result = clinux_read(descriptor, start, limit)
        count = max(result, 0)
      }
    }
    if result == 0 { return .end }
    return try transfer("read", result)
  }

  /// Writes once, as much as there is room for.
  func write(_ bytes: borrowing Span<UInt8>) throws(IOFailure) -> Transfer {
    let result = unsafe bytes.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return 0 }
      return unsafe clinux_write(descriptor, start, source.count)
    }
    if result == Int(-EPIPE) { return .end }
    return try transfer("write", result)
  }

  private func transfer(_ call: StaticString, _ result: Int) throws(IOFailure) -> Transfer {
    if result == Int(-EAGAIN) || result == Int(-EINTR) { return .nothing }
    if result < 0 { throw IOFailure(call, result) }
    return .bytes(result)
  }
}
