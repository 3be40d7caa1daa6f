internal import CLinux

/// Both ends of a pipe, which no child inherits by itself.
struct Pipe: ~Copyable {
  /// As large as everybody may make one: fewer changes between two processes.
  private static let size: Int32 = 1 << 20

  var reading: PipeEnd
  var writing: PipeEnd

  init() throws(IOFailure) {
    var (reading, writing) = (Int32(-1), Int32(-1))
    let result = unsafe clinux_pipe(&reading, &writing)
    if result < 0 { throw IOFailure("pipe2", Int(result)) }
    precondition(reading > 2, "the standard streams are open: StandardStreams.ensureOpen()")
    // Where many pipes are in use it stays small, which only takes longer.
    _ = clinux_set_pipe_size(reading, Self.size)
    self.reading = PipeEnd(owning: reading)
    self.writing = PipeEnd(owning: writing)
  }
}

/// The three pipes of a child, of which this process's ends do not wait.
struct ChildPipes: ~Copyable {
  var input: Pipe
  var output: Pipe
  var error: Pipe

  init() throws(IOFailure) {
    let input = try Pipe()
    let output = try Pipe()
    let error = try Pipe()
    try input.writing.stopWaiting()
    try output.reading.stopWaiting()
    try error.reading.stopWaiting()
    self.input = input
    self.output = output
    self.error = error
  }
}

extension PipeEnd {
  fileprivate borrowing func stopWaiting() throws(IOFailure) {
    let result = clinux_set_nonblocking(descriptor)
    if result < 0 { throw IOFailure("fcntl", Int(result)) }
  }
}
