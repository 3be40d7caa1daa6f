internal import CCurl
internal import CLinux
internal import Glibc

/// What a multi handle of libcurl waits for: sockets, a time, and a word from other threads.
///
/// libcurl says so of one socket at a time, with each request anew: a list is told without a call to
/// the kernel, which `epoll` is not.
@safe
final class HTTPEvents {
  /// What is waited for; the first is the file by which other threads end the waiting.
  private var polls: [pollfd]
  /// When libcurl wants to be called, whatever its sockets do.
  private var alarm: ContinuousClock.Instant?

  /// Waits for a file of the mailbox, too.
  init(waking event: Int32) { polls = [pollfd(fd: event, events: Int16(POLLIN), revents: 0)] }

  /// Lets libcurl say what it waits for; the handle must end before this does.
  func attach(to multi: UnsafeMutableRawPointer) -> CURLMcode {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    return unsafe ccurl_multi_set_watching(multi, Self.watch, Self.setAlarm, context)
  }

  /// Whether libcurl's time has come, which is then no more.
  func takeAlarm() -> Bool {
    guard let alarm, alarm <= .now else { return false }
    self.alarm = nil
    return true
  }

  /// Waits for the first of all.
  ///
  /// - Returns: The sockets that are ready, and for what, as libcurl says it.
  func wait() -> [(socket: curl_socket_t, events: Int32)] {
    var milliseconds = 60_000
    if let alarm { milliseconds = max(0, min(milliseconds, (alarm - .now).milliseconds)) }
    // It fails when a signal comes in between; the caller comes again.
    guard unsafe poll(&polls, nfds_t(polls.count), Int32(milliseconds)) > 0 else { return [] }
    if polls[0].revents != 0 { _ = clinux_clear_event(polls[0].fd) }
    return polls.dropFirst().compactMap { $0.revents == 0 ? nil : ($0.fd, $0.ready) }
  }

  private func watch(_ socket: curl_socket_t, _ events: Int32) {
    let place = polls.dropFirst().firstIndex { $0.fd == socket }
    switch (place, events) {
    case (let place?, 0):
      polls.swapAt(place, polls.count - 1)
      polls.removeLast()
    case (let place?, _): polls[place].events = Int16(events)
    case (nil, 0): return
    case (nil, _): polls.append(pollfd(fd: socket, events: Int16(events), revents: 0))
    }
  }

  // What libcurl calls.

  private static let watch: ccurl_watch = { _, socket, what, context, _ in
    guard let context = unsafe context else { return 0 }
    let input = what == CURL_POLL_IN || what == CURL_POLL_INOUT ? POLLIN : 0
    let output = what == CURL_POLL_OUT || what == CURL_POLL_INOUT ? POLLOUT : 0
    unsafe Unmanaged<HTTPEvents>.fromOpaque(context).takeUnretainedValue()
      .watch(socket, input | output)
    return 0
  }

  private static let setAlarm: ccurl_alarm = { _, milliseconds, context in
    guard let context = unsafe context else { return 0 }
    let events = unsafe Unmanaged<HTTPEvents>.fromOpaque(context).takeUnretainedValue()
    events.alarm = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    return 0
  }
}

extension pollfd {
  /// What a socket is ready for; one that is broken counts as one that can be read: that tells why.
  fileprivate var ready: Int32 {
    let input = Int32(revents) & (POLLIN | POLLERR | POLLHUP) != 0 ? CURL_CSELECT_IN : 0
    return input | (Int32(revents) & POLLOUT != 0 ? CURL_CSELECT_OUT : 0)
  }
}
