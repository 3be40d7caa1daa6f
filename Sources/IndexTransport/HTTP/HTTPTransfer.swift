internal import CCurl

/// A handle of libcurl with what its callbacks fill; it serves one order after another.
///
/// The thread of the client alone uses it, but for its creation.
@safe
final class HTTPTransfer {
  private var handle: HTTPHandle
  private let options: HTTPOptions
  private let errorText: UnsafeMutableBufferPointer<CChar>
  private var lines: UnsafeMutablePointer<curl_slist>?
  /// What the handle is prepared for.
  private var shape: HTTPHandle.Shape?
  /// What it was told since then, and need not be told again.
  private var told: (fields: [HTTPField]?, range: String?, timeout: Int?)
  /// Where libcurl finds a body that is sent with the fields before it.
  private var smallBody: UnsafeMutableRawBufferPointer?
  private var upload: [UInt8] = []
  private var file: HTTPUpload?
  private var uploadedCount = 0
  private var isUploadCut = false
  fileprivate var intake: HTTPIntake?
  /// What it works on.
  private(set) var submission: HTTPSubmission?

  /// Creates one, or `nil` if there is no memory.
  init?(_ options: HTTPOptions) {
    guard let handle = HTTPHandle() else { return nil }
    self.handle = handle
    self.options = options
    unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0)
    prepare(for: HTTPHandle.Shape(.get, bodySize: 0))
  }

  deinit {
    unsafe smallBody?.deallocate()
    if let lines = unsafe lines { unsafe ccurl_slist_free(lines) }
    unsafe errorText.deallocate()
  }

  /// The handle, for the multi handle.
  var raw: UnsafeMutableRawPointer { unsafe handle.raw }

  /// The number of the first option that libcurl refused; zero if there is none.
  var refusedOption: Int { handle.refusedOption }

  /// Prepares the handle for an order.
  ///
  /// - Returns: Why it cannot be sent: libcurl takes no URL of more than 8 MB, for instance.
  func begin(_ submission: HTTPSubmission) -> HTTPFault? {
    let request = submission.order.request
    self.submission = submission
    intake = HTTPIntake(request)
    isUploadCut = false
    unsafe errorText[0] = 0
    let shape = HTTPHandle.Shape(
      request.method,
      bodySize: request.upload == nil ? request.body?.count ?? 0 : .max
    )
    if shape != self.shape { prepare(for: shape) }
    handle.set(CURLOPT_URL, request.url.text)
    tell(request, submission.order.timeout.milliseconds)
    if request.method == .put || request.method == .post { take(request) }
    if refusedOption == 0 { return nil }
    // Nothing of the order before may be sent in its place.
    let refused = refusedOption
    prepare(for: shape)
    return HTTPFault(.invalidRequest, "libcurl refused its option \(refused)")
  }

  /// What came of the order.
  func outcome(_ code: CURLcode) -> HTTPOrder.Outcome {
    guard let intake else { return .failure(.cancelled) }
    if case .excess = intake.stop {
      // The status is what matters.
    } else if let stop = intake.stop {
      return .failure(HTTPFault(stop))
    } else if isUploadCut {
      return .failure(HTTPFault(.transient(retryAfter: nil), "the file could not be read whole"))
    } else if code != CURLE_OK {
      // So it is where the content beside it was cut.
      guard let request = submission?.order.request, intake.isHeadOver,
        !request.accepts(status: intake.status)
      else { return .failure(HTTPFault(code, detail)) }
    } else if !intake.isHeadOver {
      // libcurl takes an end within the fields for the end of the content.
      return .failure(HTTPFault(.transient(retryAfter: nil), "the fields of the answer were cut"))
    }
    do throws(HTTPFault) {
      return .success(try intake.answer())
    } catch {
      return .failure(error)
    }
  }

  /// Forgets the order.
  func clear() {
    intake = nil
    submission = nil
    upload = []
    file = nil
  }

  private var uploadSize: Int { file?.size ?? upload.count }

  private func prepare(for shape: HTTPHandle.Shape) {
    handle.reset()
    handle.configure(options)
    handle.choose(shape)
    self.shape = shape
    told = (nil, nil, nil)
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe handle.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText.baseAddress))
    unsafe handle.set(CURLOPT_HEADERFUNCTION, Self.takeLine)
    unsafe handle.set(CURLOPT_HEADERDATA, context)
    unsafe handle.set(CURLOPT_WRITEFUNCTION, Self.take)
    unsafe handle.set(CURLOPT_WRITEDATA, context)
    unsafe handle.set(CURLOPT_READFUNCTION, Self.give)
    unsafe handle.set(CURLOPT_READDATA, context)
    unsafe handle.set(seek: Self.rewind)
    unsafe handle.set(CURLOPT_SEEKDATA, context)
  }

  /// Tells the handle what is not as in the order before.
  private func tell(_ request: HTTPRequest, _ timeout: Int) {
    let range = request.rangeText
    if range != told.range { handle.set(CURLOPT_RANGE, range) }
    if timeout != told.timeout { handle.set(CURLOPT_TIMEOUT_MS, timeout) }
    let fields = request.allFields
    if fields != told.fields { set(fields) }
    told = (fields, range, timeout)
  }

  private func set(_ fields: [HTTPField]) {
    var list: UnsafeMutablePointer<curl_slist>?
    // libcurl would wait a second for leave to send a large body, and call a small one a form.
    let isTyped = fields.contains { $0.isNamed("content-type") }
    let unsaid = isTyped ? ["Expect:"] : ["Expect:", "Content-Type:"]
    for line in fields.map(\.line) + unsaid {
      guard let longer = unsafe ccurl_slist_append(list, line) else {
        preconditionFailure("there is memory, or Swift itself ends")
      }
      unsafe list = unsafe longer
    }
    unsafe handle.set(CURLOPT_HTTPHEADER, list)
    if let lines = unsafe lines { unsafe ccurl_slist_free(lines) }
    unsafe lines = unsafe list
  }

  /// Takes the body of the order.
  private func take(_ request: HTTPRequest) {
    let body = request.body ?? []
    guard shape?.sendsWhole == true else {
      (upload, file) = (body, request.upload)
      uploadedCount = 0
      handle.set(CURLOPT_INFILESIZE_LARGE, size: uploadSize)
      return
    }
    let place = unsafe smallBody ?? .allocate(byteCount: HTTPHandle.smallBodyLimit, alignment: 16)
    unsafe smallBody = unsafe place
    unsafe place.copyBytes(from: body)
    handle.set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
    unsafe handle.set(CURLOPT_POSTFIELDS, place.baseAddress)
  }

  /// What libcurl says of the failure.
  private var detail: String {
    let text = unsafe UnsafeRawBufferPointer(errorText).prefix { $0 != 0 }
    return unsafe String(printing: text)
  }
}

// What libcurl calls.

extension HTTPTransfer {
  private static let takeLine: ccurl_transfer = { bytes, size, count, context in
    guard let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
    let line = unsafe buffer(bytes, size * count)
    return unsafe transfer.intake?.takeLine(line) == true ? size * count : 0
  }

  private static let take: ccurl_transfer = { bytes, size, count, context in
    guard let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
    let part = unsafe buffer(bytes, size * count)
    return unsafe transfer.intake?.take(part) == true ? size * count : 0
  }

  private static let give: ccurl_transfer = { bytes, size, count, context in
    guard let context = unsafe context, let bytes = unsafe bytes else { return 0 }
    let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
    return unsafe transfer.copyUpload(
      to: UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
    )
  }

  private static let rewind: ccurl_seek = { context, offset, origin in
    guard let context = unsafe context, origin == 0 else { return CURL_SEEKFUNC_FAIL }
    let transfer = unsafe Unmanaged<HTTPTransfer>.fromOpaque(context).takeUnretainedValue()
    transfer.uploadedCount = min(max(0, Int(offset)), transfer.uploadSize)
    return CURL_SEEKFUNC_OK
  }

  private static func buffer(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ count: Int
  ) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeRawBufferPointer(start: bytes, count: count).assumingMemoryBound(to: UInt8.self)
  }

  private func copyUpload(to buffer: UnsafeMutableRawBufferPointer) -> Int {
    if let file {
      guard let count = unsafe file.copy(from: uploadedCount, to: buffer) else {
        isUploadCut = true
        return Int(CURL_READFUNC_ABORT)
      }
      uploadedCount += count
      return count
    }
    let part = upload[uploadedCount...].prefix(buffer.count)
    unsafe buffer.copyBytes(from: part)
    uploadedCount += part.count
    return part.count
  }
}
