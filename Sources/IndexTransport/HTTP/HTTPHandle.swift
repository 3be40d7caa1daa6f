internal import CCurl

/// An easy handle of libcurl, and the first option that it refused.
@safe
struct HTTPHandle: ~Copyable {
  let raw: UnsafeMutableRawPointer
  /// The number of the option; zero if there is none.
  private(set) var refusedOption = 0

  /// Creates a handle, or `nil` if there is no memory.
  init?() {
    guard let raw = unsafe ccurl_easy_init() else { return nil }
    unsafe self.raw = unsafe raw
  }

  deinit { unsafe ccurl_easy_cleanup(raw) }

  /// Forgets all options, but not connections.
  mutating func reset() {
    unsafe ccurl_easy_reset(raw)
    refusedOption = 0
  }

  mutating func set(_ option: CURLoption, _ number: Int) {
    note(option, unsafe ccurl_set_long(raw, option, number))
  }

  mutating func set(_ option: CURLoption, _ flag: Bool) { set(option, flag ? 1 : 0) }

  mutating func set(_ option: CURLoption, size: Int) {
    note(option, unsafe ccurl_set_offset(raw, option, curl_off_t(size)))
  }

  mutating func set(_ option: CURLoption, _ text: String?) {
    guard let text else {
      note(option, unsafe ccurl_set_text(raw, option, nil))
      return
    }
    unsafe text.withCString { note(option, unsafe ccurl_set_text(raw, option, $0)) }
  }

  mutating func set(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer?) {
    note(option, unsafe ccurl_set_pointer(raw, option, pointer))
  }

  mutating func set(_ option: CURLoption, _ function: ccurl_transfer) {
    note(option, unsafe ccurl_set_transfer(raw, option, function))
  }

  mutating func set(seek function: ccurl_seek) {
    note(CURLOPT_SEEKFUNCTION, unsafe ccurl_set_seek(raw, function))
  }

  mutating func set(_ option: CURLoption, _ list: UnsafeMutablePointer<curl_slist>?) {
    note(option, unsafe ccurl_set_list(raw, option, list))
  }

  private mutating func note(_ option: CURLoption, _ code: CURLcode) {
    if code != CURLE_OK && refusedOption == 0 { refusedOption = Int(option.rawValue) }
  }
}
