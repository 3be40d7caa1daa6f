public import IndexPipeline

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
