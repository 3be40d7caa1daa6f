/// Takes what a server sends, as far as it may be used.
///
/// It counts by itself: libcurl's limit stops nothing where the size is not announced, and what it
/// hands over may be of any encoding and status.
struct HTTPIntake {
  /// Why no more is taken.
  enum Stop {
    case head
    case body
    case encoding(String)
    case length
    /// The status says already that the content is of no use.
    case excess
    /// The file that takes the content could not be written.
    case file(IOFailure)
  }

  /// The most bytes of all fields; libcurl has a limit of its own at 300 KiB, but no word for it.
  static let headLimit = 256 << 10
  /// The most bytes that are kept of the content beside a status that was not asked for.
  static let excessLimit = 64 << 10

  private let request: HTTPRequest
  private(set) var head = HTTPHead()
  private(set) var body: [UInt8] = []
  /// The bytes of the content so far, wherever they went.
  private var byteCount = 0
  private(set) var status = 0
  private(set) var stop: Stop?
  private(set) var isHeadOver = false
  private var isHTTP2 = false
  private var headCount = 0
  private var limit = 0
  /// The announced length; -1 if it is no number or there are several.
  private var length: Int?
  /// Whether the content has a form of its own on its way, such as chunks.
  private var isEncodedForTransfer = false

  init(_ request: HTTPRequest) { self.request = request }

  /// Takes a line of the head or a trailer.
  ///
  /// - Returns: Whether more is wanted.
  mutating func takeLine(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    headCount += line.count
    if headCount > Self.headLimit { stop = .head }
    guard stop == nil else { return false }
    if isHeadOver { return true }
    if unsafe line.starts(with: "HTTP/".utf8) {
      // Answers such as 100 Continue may come before.
      head.removeAll()
      isHTTP2 = unsafe line.dropFirst(5).first == UInt8(ascii: "2")
      let code = unsafe line.drop { $0 != 0x20 }.dropFirst().prefix(3)
      status = unsafe HTTPContentRange.number(code) ?? 0
    } else if unsafe line.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) {
      if status >= 200 { finishHead() }
    } else {
      unsafe head.append(line)
    }
    return stop == nil
  }

  /// Takes a part of the content.
  ///
  /// - Returns: Whether more is wanted.
  mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard stop == nil else { return false }
    guard byteCount + bytes.count <= limit else {
      stop = request.accepts(status: status) ? .body : .excess
      return false
    }
    byteCount += bytes.count
    guard let file = request.file, request.accepts(status: status) else {
      unsafe body.append(contentsOf: bytes)
      return true
    }
    do throws(IOFailure) {
      try unsafe file.take(bytes.span)
    } catch {
      stop = .file(error)
      return false
    }
    return true
  }

  private mutating func finishHead() {
    isHeadOver = true
    length = announcedLength
    isEncodedForTransfer = head.value(of: "transfer-encoding") != nil
    guard request.accepts(status: status) else {
      limit = Self.excessLimit
      return
    }
    limit = request.maximumBytes
    if let encoding = unwantedEncoding {
      stop = .encoding(encoding)
    } else if let length, request.method != .head, status != 304 {
      if length < 0 {
        stop = .length
      } else if length > limit {
        stop = .body
      } else {
        if request.file == nil { body.reserveCapacity(min(length, 1 << 20)) }
      }
    }
  }

  /// The first encoding that would have to be undone.
  ///
  /// Where the end of a connection ends the content, that would hide that it was cut.
  private var unwantedEncoding: String? {
    let content = head.values(of: "content-encoding").first {
      !$0.isEmpty && !$0.equals("identity")
    }
    let transfer = isEncodedForTransfer ? head.values(of: "transfer-encoding") : []
    let unwanted =
      content ?? (transfer.count > 1 ? transfer[0] : nil)
      ?? transfer.first { !$0.equals("chunked") }
    return unwanted.map { String(printing: $0.prefix(40)) }
  }

  private var announcedLength: Int? {
    let lengths = head.values(of: "content-length")
    guard let first = lengths.first else { return nil }
    guard lengths.allSatisfy({ $0 == first }) else { return -1 }
    return HTTPContentRange.number(first) ?? -1
  }

  /// The answer, after all of it came.
  ///
  /// - Throws: `HTTPFault` if it has another length than it says.
  func answer() throws(HTTPFault) -> HTTPAnswer {
    var framing = HTTPResponse.Framing.length
    let isEmpty = request.method == .head || status == 304 || status == 204
    if !isEmpty && stop == nil {
      if isEncodedForTransfer {
        framing = .chunked
      } else if let length {
        guard length == byteCount || !request.accepts(status: status) else {
          throw HTTPFault(.broken, "the length of the content is not the announced one")
        }
      } else {
        framing = isHTTP2 ? .chunked : .untilClose
      }
    }
    return HTTPAnswer(
      status: status,
      head: head,
      body: body,
      byteCount: byteCount,
      framing: framing
    )
  }
}

extension ArraySlice where Element == UInt8 {
  /// Whether these are the bytes of a text in lower case, whatever their own case.
  fileprivate func equals(_ text: String) -> Bool {
    elementsEqual(text.utf8) { $0 == $1 || ($0 >= 0x41 && $0 <= 0x5A && $0 | 0x20 == $1) }
  }
}

extension String {
  /// Creates a text for people of what a server sent: `?` for all but visible ASCII and spaces.
  init(printing bytes: some Sequence<UInt8>) {
    self.init(
      decoding: bytes.map { $0 >= 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") },
      as: UTF8.self
    )
  }
}
