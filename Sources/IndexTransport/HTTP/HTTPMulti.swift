internal import CCurl

/// A multi handle of libcurl: transfers that share connections.
@safe
struct HTTPMulti: ~Copyable {
  /// For ``HTTPMailbox``, which wakes it up.
  let raw: UnsafeMutableRawPointer

  /// Creates a handle of so many connections, or `nil` if there is no memory.
  init?(connections: Int) {
    guard let raw = unsafe ccurl_multi_init() else { return nil }
    // They fail for options that libcurl does not know; these are older than all it has here.
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections)
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAX_HOST_CONNECTIONS, connections)
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAXCONNECTS, connections)
    unsafe self.raw = unsafe raw
  }

  deinit { unsafe ccurl_multi_cleanup(raw) }

  /// Starts a transfer.
  func add(_ transfer: HTTPTransfer) -> CURLMcode { unsafe ccurl_multi_add(raw, transfer.raw) }

  /// Ends a transfer; its connection is closed if it is not over.
  func remove(_ transfer: HTTPTransfer) { _ = unsafe ccurl_multi_remove(raw, transfer.raw) }

  /// Moves what can be moved.
  func perform() -> CURLMcode {
    var running: Int32 = 0
    return unsafe ccurl_multi_perform(raw, &running)
  }

  /// Waits until something can be moved; libcurl wakes up for its own timeouts.
  func wait() {
    // It fails when a signal comes in between; the caller comes again.
    _ = unsafe ccurl_multi_poll(raw, 60_000)
  }

  /// The place among `transfers` of one that is over, and how it ended.
  func nextDone(of transfers: [HTTPTransfer]) -> (place: Int, code: CURLcode)? {
    var code = CURLE_OK
    while let done = unsafe ccurl_multi_next_done(raw, &code) {
      if let place = transfers.firstIndex(where: { unsafe $0.raw == done }) { return (place, code) }
    }
    return nil
  }
}
