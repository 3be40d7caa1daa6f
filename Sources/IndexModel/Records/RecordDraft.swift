public import StrictJSON

/// What somebody says of one distribution, before it is checked and a record.
///
/// One serves many distributions, and keeps its storage. What is empty or nil was not said.
public struct RecordDraft: Sendable {
  /// The file name.
  public var filename: [UInt8] = []
  /// Where it is, without a fragment.
  public var url: [UInt8] = []
  /// Digests as `name=digits`, each ended by a line feed.
  public private(set) var digests: [UInt8] = []
  /// The `Requires-Python` of its metadata.
  public var requiresPython: [UInt8] = []
  /// `true`, `false` or `name=digits`.
  public var coreMetadata: [UInt8] = []
  /// Whether it is yanked.
  public var isYanked = false
  /// Why it is yanked.
  public var yankedReason: [UInt8] = []
  /// The URL of its provenance.
  public var provenance: [UInt8] = []
  /// A time of RFC 3339.
  public var uploadTime: [UInt8] = []
  /// Whether a signature is served beside it.
  public var hasSignature: Bool?
  /// Its size in bytes.
  public var size: Int?
  /// Whether the size was rounded.
  public var isSizeApproximate = false
  /// Whether the time is not exact to the second.
  public var isUploadTimeApproximate = false

  /// Creates a draft that says nothing.
  public init() {}

  /// Forgets all, and keeps the storage.
  public mutating func reset() {
    filename.removeAll(keepingCapacity: true)
    url.removeAll(keepingCapacity: true)
    digests.removeAll(keepingCapacity: true)
    requiresPython.removeAll(keepingCapacity: true)
    coreMetadata.removeAll(keepingCapacity: true)
    yankedReason.removeAll(keepingCapacity: true)
    provenance.removeAll(keepingCapacity: true)
    uploadTime.removeAll(keepingCapacity: true)
    (isYanked, hasSignature, size) = (false, nil, nil)
    (isSizeApproximate, isUploadTimeApproximate) = (false, false)
  }

  /// Adds a digest; nothing is checked.
  public mutating func addDigest(_ name: borrowing Span<UInt8>, _ value: borrowing Span<UInt8>) {
    digests.append(contentsOf: name)
    digests.append(UInt8(ascii: "="))
    digests.append(contentsOf: value)
    digests.append(UInt8(ascii: "\n"))
  }

  /// Appends it as a line of JSON.
  public func append(to output: inout ByteBuffer) {
    var object = JSONObjectWriter()
    func add(_ key: StaticString, _ value: [UInt8]) {
      if value.isEmpty { return }
      object.key(key, to: &output)
      output.append(json: value.span)
    }
    add("filename", filename)
    add("url", url)
    if !digests.isEmpty { appendDigests(&object, to: &output) }
    if let size {
      object.key("size", to: &output)
      output.append(decimal: size)
    }
    add("upload_time", uploadTime)
    add("requires_python", requiresPython)
    add("core_metadata", coreMetadata)
    if isYanked {
      object.key("yanked", to: &output)
      if yankedReason.isEmpty {
        output.append("true")
      } else {
        output.append(json: yankedReason.span)
      }
    }
    if let hasSignature {
      object.key("gpg_sig", to: &output)
      output.append(hasSignature ? "true" : "false")
    }
    add("provenance", provenance)
    if isSizeApproximate || isUploadTimeApproximate {
      object.key("approximate", to: &output)
      output.append(isSizeApproximate ? "[\"size\"" : "[")
      if isSizeApproximate, isUploadTimeApproximate { output.append(",") }
      output.append(isUploadTimeApproximate ? "\"upload_time\"]" : "]")
    }
    object.end(to: &output)
    output.append("\n")
  }

  private func appendDigests(_ object: inout JSONObjectWriter, to output: inout ByteBuffer) {
    object.key("hashes", to: &output)
    var separator = UInt8(ascii: "{")
    var start = 0
    while let (name, value) = digest(from: &start) {
      output.append(separator)
      output.append(json: digests.span.extracting(name))
      output.append(UInt8(ascii: ":"))
      output.append(json: digests.span.extracting(value))
      separator = UInt8(ascii: ",")
    }
    output.append(UInt8(ascii: "}"))
  }

  /// The name and the digits of the digest at a place in ``digests``, which moves behind it.
  func digest(from start: inout Int) -> (name: Range<Int>, value: Range<Int>)? {
    let text = digests.span
    guard let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) else { return nil }
    let equals = min(text.offset(of: UInt8(ascii: "="), from: start), end)
    defer { start = end + 1 }
    return (start..<equals, min(equals + 1, end)..<end)
  }
}
