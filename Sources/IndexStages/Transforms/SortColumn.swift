import IndexModel
import IndexPipeline
import StrictJSON

/// What one key says of each record.
struct SortColumn {
  private let isReversed: Bool
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]

  init(_ key: SortTransform.Key, of records: borrowing RecordEditor) {
    isReversed = key.rawValue.utf8.first == UInt8(ascii: "-")
    for index in records.indices {
      append(key, records[index])
      ends.append(bytes.count)
    }
  }

  private mutating func append(_ key: SortTransform.Key, _ record: borrowing RecordView) {
    switch key {
    case .project, .projectDown: record.appendProject(to: &bytes)
    case .version, .versionDown:
      _ = VersionScan.scan(record.version, appendingSortKeyTo: &bytes)
    case .filename, .filenameDown: bytes.append(contentsOf: record.filename)
    case .kind, .kindDown: bytes.append(record.name.kind.rawValue)
    case .size, .sizeDown: append(record.facts.size)
    case .upload_time, .uploadTimeDown:
      // A record without an upload time counts as uploaded now.
      append(record.facts.uploadTime?.microseconds ?? .max)
    case .source, .sourceDown: append(Int64(record.source))
    }
  }

  /// Appends a number so that it compares as bytes do.
  private mutating func append(_ number: Int64) {
    let shifted = UInt64(bitPattern: number) ^ 1 << 63
    for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: shifted >> UInt64(56 - 8 * byte))) }
  }

  /// -1, 0 or 1, as the first record comes before, with or after the second.
  func compare(_ a: Int, _ b: Int) -> Int {
    let left = bytes.span.extracting(ends[a]..<ends[a + 1])
    let right = bytes.span.extracting(ends[b]..<ends[b + 1])
    if left.elementsEqual(right) { return 0 }
    return left.lexicographicallyPrecedes(right) == isReversed ? 1 : -1
  }
}
