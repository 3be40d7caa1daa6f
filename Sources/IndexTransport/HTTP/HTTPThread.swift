internal import CLinux
internal import Glibc

/// A thread that runs the loop of a client.
enum HTTPThread {
  private final class Box {
    var loop: HTTPLoop?

    init(_ loop: consuming HTTPLoop) { self.loop = consume loop }
  }

  /// Starts the thread, which ends with the loop.
  ///
  /// - Throws: `IOFailure` when there are too many threads.
  static func start(_ loop: consuming HTTPLoop) throws(IOFailure) -> pthread_t {
    let box = unsafe Unmanaged.passRetained(Box(loop))
    var thread = pthread_t()
    let result = unsafe pthread_create(&thread, nil, HTTPThread.run, box.toOpaque())
    if result == 0 { return thread }
    unsafe box.release()
    throw IOFailure("pthread_create", Int(-result))
  }

  /// Waits until the thread has ended.
  static func join(_ thread: pthread_t) { _ = pthread_join(thread, nil) }

  private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    guard let context = unsafe $0 else { return nil }
    clinux_block_pipe_signal()
    let box = unsafe Unmanaged<Box>.fromOpaque(context).takeRetainedValue()
    box.loop?.run()
    return nil
  }
}
