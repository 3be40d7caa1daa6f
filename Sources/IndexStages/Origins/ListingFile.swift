import IndexModel
import IndexTransport
import StrictJSON

/// What stands in one folder of a listing, as files of an index.
struct ListingFiles {
  /// Minutes that the times of the listing are ahead of UTC, where it names no zone; nil if that
  /// is not known.
  let minutesAhead: Int?

  /// The distributions among some entries, each with its URL and a line of JSON.
  ///
  /// What stands beside a file tells of it: `.metadata` that its metadata is served, `.asc` that
  /// it is signed.
  func lines(of entries: [ListingEntry], in folder: HTTPURL) -> [(url: [UInt8], line: [UInt8])] {
    let names = Set(entries.map(\.name))
    var buffer = ByteBuffer()
    return entries.compactMap { entry in
      guard entry.isFolder != true, DistributionFilename.isCustomary(entry.name.span) else {
        return nil
      }
      var file = RecordDraft()
      guard folder.appendResolved(entry.href.span, to: &file.url) else { return nil }
      file.filename = entry.name
      if names.contains(entry.name + Array(".metadata".utf8)) {
        file.coreMetadata = Array("true".utf8)
      }
      if names.contains(entry.name + Array(".asc".utf8)) { file.hasSignature = true }
      addDigest(of: entry, to: &file)
      addSize(of: entry, to: &file)
      if let time = entry.modified { add(time, to: &file) }
      buffer.removeAll()
      file.append(to: &buffer)
      return (file.url, Array(buffer.span))
    }
  }

  private func addDigest(of entry: ListingEntry, to file: inout RecordDraft) {
    guard let fragment = entry.fragment,
      let equals = fragment.firstIndex(of: UInt8(ascii: "="))
    else { return }
    let span = fragment.span
    file.addDigest(span.extracting(..<equals), span.extracting((equals + 1)...))
  }

  private func addSize(of entry: ListingEntry, to file: inout RecordDraft) {
    switch entry.size {
    case .exact(let size): file.size = size
    case .approximate(let size, _):
      file.size = size
      file.isSizeApproximate = true
    case nil: break
    }
  }

  /// Adds a time; one that is not exact is the last that it can be, so that no file looks older
  /// than it is.
  private func add(_ time: ListingTime, to file: inout RecordDraft) {
    let ahead = time.hasZone ? 0 : minutesAhead ?? 0
    let rest: Int
    switch time.precision {
    case .second: rest = 0
    case .minute: rest = 59
    case .day: rest = 86_399
    }
    guard let moment = Timestamp(seconds: Int64(time.seconds - ahead * 60 + rest)) else { return }
    var buffer = ByteBuffer()
    buffer.append(rfc3339: moment)
    file.uploadTime = Array(buffer.span)
    file.isUploadTimeApproximate =
      time.precision != .second || !time.hasZone && minutesAhead == nil
  }
}
