import IndexTransport

/// Where an archive goes: a file beside the present one.
///
/// It is begun at the first byte that differs, so that an archive that is the same is not written.
struct ArchiveOutput: ~Copyable, Sendable {
  private static let block = 1 << 20

  private let location: OutputLocation
  private let isDurable: Bool
  /// The present archive, as long as all bytes were the same.
  private var present: InputFile?
  private let presentStatus: FileStatus?
  private var file: OutputFile?
  private var size = 0

  /// - Parameters:
  ///   - location: Where the archive and the file beside it are.
  ///   - isDurable: Whether to wait until the file is on the device.
  /// - Throws: `IOFailure` when the present archive cannot be read.
  init(to location: consuming OutputLocation, isDurable: Bool) throws(IOFailure) {
    let status = try location.present()
    let present: InputFile? =
      if status == nil { nil } else { try location.parent.input(location.name.span) }
    presentStatus = status
    self.present = present
    self.location = location
    self.isDurable = isDurable
  }

  /// Takes the next bytes.
  mutating func append(_ bytes: borrowing Span<UInt8>) throws(IOFailure) {
    if file == nil, try !isPresent(bytes) { try begin() }
    try file?.write(bytes)
    size += bytes.count
  }

  /// Ends the archive.
  ///
  /// - Returns: Whether there is a file that must take the place of the present one.
  mutating func finish() throws(IOFailure) -> Bool {
    if file == nil, let presentStatus, Int(presentStatus.size) == size { return false }
    if file == nil { try begin() }
    if isDurable { try file?.sync() }
    try file.take()?.close()
    return true
  }

  /// Whether the bytes stand at this place of the present archive.
  private func isPresent(_ bytes: borrowing Span<UInt8>) throws(IOFailure) -> Bool {
    guard present != nil else { return false }
    var start = 0
    while start < bytes.count {
      let end = min(start + Self.block, bytes.count)
      let range = size + start..<size + end
      let old = try present?.read(at: range) ?? []
      guard old.count == range.count, bytes.extracting(start..<end).isEqual(to: old.span) else {
        return false
      }
      start = end
    }
    return true
  }

  /// Makes the file, with the bytes so far, which are those of the present archive.
  private mutating func begin() throws(IOFailure) {
    let file = try location.parent.create(location.next.span)
    if let presentStatus { try file.adoptPermissions(of: presentStatus) }
    var copied = 0
    while copied < size {
      let range = copied..<min(copied + Self.block, size)
      let bytes = try present?.read(at: range) ?? []
      guard bytes.count == range.count else {
        throw IOFailure(call: "pread64", path: location.path, code: .device)
      }
      try file.write(bytes.span)
      copied = range.upperBound
    }
    self.file = consume file
    present = nil
  }
}
