// The bytes: in, out, and what the program says of itself.

extension ChildLoop {
  /// Gets the next input, when that before it is written.
  mutating func refill() {
    guard input.isOpen && writtenCount == pending.count else { return }
    mailbox.takeInput(&pending)
    writtenCount = 0
    if pending.isEmpty && orders.isInputClosed { input.close() }
  }

  mutating func moveInput(isBroken: Bool) {
    if isBroken { return closeInput() }
    do throws(IOFailure) {
      switch try input.write(pending.span.extracting(writtenCount...)) {
      case .bytes(let count):
        hasMoved = true
        writtenCount += count
      case .nothing: break
      case .end: closeInput()
      }
    } catch {
      fail(.pipe(error))
    }
  }

  /// Writes no more, whatever is left to write.
  mutating func closeInput() {
    mailbox.refuseInput(pending.count - writtenCount)
    pending = []
    writtenCount = 0
    input.close()
  }

  mutating func moveOutput() {
    do throws(IOFailure) {
      let transfer = isDiscarding ? try discardOutput() : try framer.read(from: output)
      switch transfer {
      case .bytes:
        hasMoved = true
        if !isDiscarding { isMidLine = framer.hasPart }
        if let line = framer.longLine, !isDiscarding {
          isMidLine = true
          fail(.lineTooLong(line: line, limit: framer.limit))
        }
      case .nothing: break
      case .end:
        isOutputAtEnd = true
        output.close()
      }
    } catch {
      output.close()
      fail(.pipe(error))
    }
  }

  private mutating func discardOutput() throws(IOFailure) -> PipeEnd.Transfer {
    scratch.removeAll(keepingCapacity: true)
    let transfer = try output.read(into: &scratch, upTo: LineFramer.blockSize)
    unreadCount += scratch.count
    if let last = scratch.last { isMidLine = last != UInt8(ascii: "\n") }
    return transfer
  }

  mutating func moveErrors() {
    do throws(IOFailure) {
      scratch.removeAll(keepingCapacity: true)
      switch try error.read(into: &scratch, upTo: LineFramer.blockSize) {
      case .bytes:
        hasMoved = true
        let bytes = scratch
        tail.append(bytes.span)
      case .nothing: break
      case .end: error.close()
      }
    } catch {
      self.error.close()
      fail(.pipe(error))
    }
  }

  /// Gives readers what is there: at once to one that waits, and a block ahead to one that does
  /// not.
  mutating func handOver() {
    guard !isDiscarding else { return }
    while framer.hasLines || (!output.isOpen && framer.hasPart) {
      guard mailbox.wantsBlock(isFull: framer.isFull || !output.isOpen) else { return }
      mailbox.deliver(framer.hasLines ? framer.takeLines() : framer.takePart())
    }
    if !output.isOpen { mailbox.endOutput() }
  }

  /// Keeps nothing of the output from now on, and lets readers know why.
  mutating func discard(_ reason: ChildMailbox.Delivery) {
    guard !isDiscarding else { return }
    isDiscarding = true
    unreadCount += mailbox.abandonOutput(reason, losing: framer.count)
    framer = LineFramer(limit: framer.limit)
  }
}
