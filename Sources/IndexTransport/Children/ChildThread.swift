internal import CLinux
internal import Glibc

/// A thread that runs the loop of one child.
///
/// Poll would keep a thread of the tasks' pool from its work, of which there are as many as cores.
enum ChildThread {
  private final class Box {
    var loop: ChildLoop?

    init(_ loop: consuming ChildLoop) { self.loop = consume loop }
  }

  /// Starts the thread, which ends with the loop.
  ///
  /// - Throws: `IOFailure` when there are too many threads; the child is ended then.
  static func start(_ loop: consuming ChildLoop) throws(IOFailure) {
    let process = loop.process
    let box = unsafe Unmanaged.passRetained(Box(loop))
    var thread = pthread_t()
    let result = unsafe pthread_create(&thread, nil, ChildThread.run, box.toOpaque())
    guard result != 0 else {
      pthread_detach(thread)
      return
    }
    unsafe box.release()
    _ = clinux_signal_group(process, SIGKILL)
    while ChildStatus.of(process, take: true) == nil { usleep(1000) }
    throw IOFailure("pthread_create", Int(-result))
  }

  private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    guard let context = unsafe $0 else { return nil }
    clinux_block_pipe_signal()
    let box = unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue()
    box.loop?.run()
    return nil
  }
}
