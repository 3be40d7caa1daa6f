/// A program that runs beside this one and talks to it through pipes.
///
/// One task may write while another reads. A program may do both in any order, so one task that
/// first writes all and then reads can wait for ever. What was written says nothing about what was
/// read: only the result says whether all went well.
///
/// Nothing is left behind. When the program has ended, was stopped, or nobody holds this value any
/// more, all processes that it started are ended too, but for those that went to a group of their
/// own, as services do. To know that it is over, await ``finish()`` or ``stop()``.
public final class ChildProcess: Sendable {
  /// The number of the process, and of its group and session.
  public let id: Int32
  private let mailbox: ChildMailbox

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - command: What to start.
  ///   - limits: How long it may take.
  ///   - observer: Follows what it writes to its standard error.
  /// - Throws: `StartFailure` when it cannot be started.
  public init(
    _ command: ChildCommand,
    limits: ChildLimits = ChildLimits(),
    observer: (any ChildObserver)? = nil
  ) throws(StartFailure) {
    let program = command.arguments.first ?? ""
    let pipes: ChildPipes
    do throws(IOFailure) {
      mailbox = try ChildMailbox()
      pipes = try ChildPipes()
    } catch {
      throw StartFailure(program, .refused(error))
    }
    id = try command.spawn(pipes)
    let loop = ChildLoop(
      process: id,
      mailbox: mailbox,
      pipes: pipes,
      limits: limits,
      observer: observer
    )
    do throws(IOFailure) {
      try ChildThread.start(loop)
    } catch {
      throw StartFailure(program, .refused(error))
    }
  }

  deinit { mailbox.stop() }

  /// Writes bytes to its standard input, and waits while too many are on the way.
  ///
  /// The cancellation of the task stops the program.
  ///
  /// - Returns: False when it takes no more, because it or ``closeInput()`` closed its input, it
  ///   ended, or failed: ``read()`` and ``finish()`` say which. True says nothing.
  public func write(_ bytes: borrowing Span<UInt8>) async -> Bool {
    guard mailbox.append(bytes) else { return false }
    return await withTaskCancellationHandler {
      await mailbox.waitForRoom()
    } onCancel: {
      mailbox.stop()
    }
  }

  /// Closes its standard input when all bytes before are written.
  public func closeInput() { mailbox.closeInput() }

  /// Reads the next lines that it wrote, and waits for the first of them.
  ///
  /// The cancellation of the task stops the program. One task at a time may read.
  ///
  /// - Returns: Nil at the end, which need not be a good one.
  /// - Throws: `ChildFailure` when the program is stopped or was. Lines before that may be lost.
  public func read() async throws(ChildFailure) -> LineBlock? {
    let delivery = await withTaskCancellationHandler {
      await mailbox.read()
    } onCancel: {
      mailbox.stop()
    }
    return try delivery.get()
  }

  /// Closes its input, reads no more, and waits until it has ended.
  ///
  /// The program now has ``ChildLimits/stop`` left. What it wrote and nobody read is lost, and
  /// counted. The cancellation of the task stops the program, but is waited for.
  public func finish() async -> ChildResult {
    await withTaskCancellationHandler {
      await mailbox.finish()
    } onCancel: {
      mailbox.stop()
    }
  }

  /// Stops it: SIGTERM to its group, SIGKILL when ``ChildLimits/stop`` has passed.
  ///
  /// - Returns: Its result; the failure is `stopped` unless something else went wrong before.
  @discardableResult
  public func stop() async -> ChildResult {
    mailbox.stop()
    return await mailbox.finish()
  }
}
