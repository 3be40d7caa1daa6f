import IndexModel
public import IndexPipeline
import StrictJSON

/// Puts the records into an order.
///
/// Pages have an order of their own: this one is what later stages see, such as `dedupe` with
/// `first`, and what decides between two records of one file name, of which the last stays.
public struct SortTransform: Transform {
  /// What records are ordered by.
  public enum Key: String, CaseIterable, Sendable {
    case project, version, filename, kind, size, upload_time, source
    case projectDown = "-project"
    case versionDown = "-version"
    case filenameDown = "-filename"
    case kindDown = "-kind"
    case sizeDown = "-size"
    case uploadTimeDown = "-upload_time"
    case sourceDown = "-source"
  }

  /// The type `sort`.
  public static let info = StageInfo(
    type: "sort",
    summary: "Puts the records into an order, which later stages see.",
    example: #"{ "type": "sort", "by": ["project", "-version", "filename"] }"#,
    synonyms: ["order", "order-by"]
  )

  /// All records are put in order.
  public static var scope: TransformScope { .index }

  /// What the records are ordered by, the first key first.
  public let keys: [Key]

  /// Creates a transform; see the properties for what its parts are.
  public init(by keys: [Key] = [.project, .version, .filename]) { self.keys = keys }

  /// Reads `by`.
  public init(from settings: inout Settings) {
    keys = settings.choices(
      "by",
      "What the records are ordered by, the first key first; a `-` turns one around.",
      default: [.project, .version, .filename]
    )
  }

  /// Orders the records; those that are equal stay as they stand to each other.
  public func apply(to records: inout RecordEditor) async throws {
    let columns = keys.map { SortColumn($0, of: records) }
    let order = records.indices.sorted { a, b in
      for column in columns {
        switch column.compare(a, b) {
        case -1: return true
        case 1: return false
        default: continue
        }
      }
      return a < b
    }
    records.reorder(order)
  }
}

/// What one key says of each record.
private struct SortColumn {
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
