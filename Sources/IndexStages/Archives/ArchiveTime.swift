import IndexModel
import IndexTransport
import StrictJSON

/// The time of change that all files of an archive have.
enum ArchiveTime {
  /// The time in seconds since 1970 that was chosen, else `SOURCE_DATE_EPOCH`; nil if neither is.
  static func chosen(_ options: ArchiveOptions) -> Int? {
    if let time = options.time { return time }
    let time = ProcessSettings.variable("SOURCE_DATE_EPOCH").flatMap { Int($0) }
    return time.map { min(max($0, 0), TarHeader.greatestNumber) }
  }

  /// The time in seconds since 1970: the chosen one, else when the youngest distribution was
  /// uploaded, else 0.
  static func seconds(
    _ options: ArchiveOptions,
    _ pages: SortedPages
  ) throws(IOFailure) -> Int {
    if let time = chosen(options) { return time }
    guard let number = pages.number(of: "larder/records.jsonl") else { return 0 }
    var records = ByteBuffer()
    try pages.append(0..<pages.pages[number].size, of: pages.pages[number], to: &records)
    let newest = newestUpload(in: records.span)?.seconds ?? 0
    return Int(min(max(newest, 0), Int64(TarHeader.greatestNumber)))
  }

  /// The latest upload time in lines that Larder wrote: the quotes of the key cannot occur in a
  /// text there.
  private static func newestUpload(in lines: borrowing Span<UInt8>) -> Timestamp? {
    let key = Array(#""upload_time":""#.utf8)
    var newest: Timestamp?
    var place = 0
    while let quote = lines.firstIndex(of: UInt8(ascii: "\""), from: place) {
      place = quote + 1
      let start = quote + key.count
      guard start < lines.count, lines.extracting(quote..<start).elementsEqual(key.span),
        let end = lines.firstIndex(of: UInt8(ascii: "\""), from: start)
      else { continue }
      if let time = Timestamp(rfc3339: lines.extracting(start..<end)) {
        newest = max(newest ?? time, time)
      }
      place = end + 1
    }
    return newest
  }
}
