import IndexModel
import StrictJSON

/// What a page of another index says of one file, before it is a record.
///
/// One serves all files of a page, and keeps its storage.
struct PageFile {
  enum Yank {
    case none
    /// The reason is in ``PageFile/yankReason``, and may be empty.
    case yanked
  }

  var filename: [UInt8] = []
  /// Absolute, without a fragment.
  var url: [UInt8] = []
  /// Digests as `name=digits`, each ended by a line feed.
  var digests: [UInt8] = []
  var requiresPython: [UInt8] = []
  /// `true`, `false` or `name=digits`.
  var coreMetadata: [UInt8] = []
  var yank = Yank.none
  var yankReason: [UInt8] = []
  var provenance: [UInt8] = []
  /// A time of RFC 3339.
  var uploadTime: [UInt8] = []
  var hasSignature: Bool?
  var size: Int?
  var isSizeApproximate = false
  var isUploadTimeApproximate = false

  /// Forgets the file before.
  mutating func reset() {
    filename.removeAll(keepingCapacity: true)
    url.removeAll(keepingCapacity: true)
    digests.removeAll(keepingCapacity: true)
    requiresPython.removeAll(keepingCapacity: true)
    coreMetadata.removeAll(keepingCapacity: true)
    yankReason.removeAll(keepingCapacity: true)
    provenance.removeAll(keepingCapacity: true)
    uploadTime.removeAll(keepingCapacity: true)
    (yank, hasSignature, size) = (.none, nil, nil)
    (isSizeApproximate, isUploadTimeApproximate) = (false, false)
  }

  /// Adds a digest as a page names it; nothing is checked.
  mutating func addDigest(_ name: borrowing Span<UInt8>, _ value: borrowing Span<UInt8>) {
    digests.append(contentsOf: name)
    digests.append(UInt8(ascii: "="))
    digests.append(contentsOf: value)
    digests.append(UInt8(ascii: "\n"))
  }

  /// Appends the file as a line of JSON, which ``RecordDecoder`` then checks.
  func append(to output: inout ByteBuffer) {
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
    if yank == .yanked {
      object.key("yanked", to: &output)
      if yankReason.isEmpty { output.append("true") } else { output.append(json: yankReason.span) }
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
    for digest in digests.split(separator: UInt8(ascii: "\n")) {
      let equals = digest.firstIndex(of: UInt8(ascii: "=")) ?? digest.endIndex
      output.append(separator)
      output.append(json: Array(digest[..<equals]).span)
      output.append(UInt8(ascii: ":"))
      output.append(json: Array(digest[equals...].dropFirst()).span)
      separator = UInt8(ascii: ",")
    }
    output.append(UInt8(ascii: "}"))
  }
}
