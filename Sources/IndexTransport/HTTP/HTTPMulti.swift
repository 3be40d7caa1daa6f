internal import CCurl

/// A multi handle of libcurl: transfers that share connections.
@safe
struct HTTPMulti: ~Copyable {
  private let raw: UnsafeMutableRawPointer
  private let events: HTTPEvents

  /// Creates a handle of so many connections, or `nil` if there is no memory.
  ///
  /// - Parameter event: The file by which other threads end its waiting.
  init?(connections: Int, waking event: Int32) {
    guard let raw = unsafe ccurl_multi_init() else { return nil }
    // They fail for options that libcurl does not know; these are older than all it has here.
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections)
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAX_HOST_CONNECTIONS, connections)
    _ = unsafe ccurl_multi_set_long(raw, CURLMOPT_MAXCONNECTS, connections)
    events = HTTPEvents(waking: event)
    _ = unsafe events.attach(to: raw)
    unsafe self.raw = unsafe raw
  }

  deinit { unsafe ccurl_multi_cleanup(raw) }

  /// Starts a transfer.
  func add(_ transfer: HTTPTransfer) -> CURLMcode { unsafe ccurl_multi_add(raw, transfer.raw) }

  /// Ends a transfer; its connection is closed if it is not over.
  func remove(_ transfer: HTTPTransfer) { _ = unsafe ccurl_multi_remove(raw, transfer.raw) }

  /// Moves what was added, and what waited for a time.
  func perform() -> CURLMcode {
    events.takeAlarm() ? unsafe ccurl_multi_act(raw, CURL_SOCKET_BAD, 0) : CURLM_OK
  }

  /// Waits until something can be moved, and moves it.
  func wait() -> CURLMcode {
    var result = CURLM_OK
    for ready in events.wait() {
      let code = unsafe ccurl_multi_act(raw, ready.socket, ready.events)
      if code != CURLM_OK { result = code }
    }
    return result
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
