public import IndexModel
public import IndexRendering
import StrictJSON

/// Records as lines of JSON that a source keeps from one run to the next.
public struct RecordLines: Sendable {
  /// How many lines there are, each of which is a record.
  public let count: Int
  /// The state of the project whose records they are, and its normalized name.
  public let state: (status: ProjectStatus, project: [UInt8])?
  /// What tells them from others.
  public let digest: PageDigest
  /// Reads them, if they are needed.
  private let read: @Sendable () throws(StageFailure) -> [UInt8]

  /// Creates lines of records.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - state: The state of the project whose records they are, and its normalized name.
  ///   - digest: What ``digest(of:_:)`` made of them.
  ///   - read: Reads them, if they are needed.
  public init(
    count: Int,
    _ state: (status: ProjectStatus, project: [UInt8])?,
    _ digest: PageDigest,
    read: @escaping @Sendable () throws(StageFailure) -> [UInt8]
  ) {
    self.count = count
    self.state = state
    self.digest = digest
    self.read = read
  }

  /// What tells lines of records from others.
  ///
  /// - Complexity: O(bytes).
  public static func digest(
    of lines: borrowing Span<UInt8>,
    _ state: (status: ProjectStatus, project: [UInt8])?
  ) -> PageDigest {
    var hasher = PageHasher()
    hasher.append(lines)
    if let (status, project) = state {
      let text = "\(status.marker.rawValue) \(status.reason)"
      hasher.append(project.span)
      hasher.append(text.utf8Span.span)
    }
    return hasher.digest
  }

  fileprivate func records() throws(StageFailure) -> RecordBatch {
    let bytes = try read()
    guard Self.digest(of: bytes.span, state) == digest else {
      throw damaged("they are not those that it was told of")
    }
    do throws(RecordProblem) {
      var batch = try RecordBatch(jsonLines: bytes.span)
      if let (status, project) = state { batch.setStatus(status, ofProject: project.span) }
      return batch
    } catch {
      throw damaged(error.message)
    }
  }

  private func damaged(_ reason: String) -> StageFailure {
    StageFailure(
      .data,
      code: "damaged-cache",
      "records that a source kept of an earlier run are damaged: \(reason)",
      help: "delete the cache: it is made anew"
    )
  }
}

/// A part of what a source gives.
enum RecordPart: Sendable {
  /// Records, and the number of lines before the first of them.
  case read(RecordBatch, afterLine: Int)
  case kept(RecordLines)

  var count: Int {
    switch self {
    case .read(let batch, _): batch.records.count
    case .kept(let lines): lines.count
    }
  }

  fileprivate func records() throws(StageFailure) -> (RecordBatch, afterLine: Int) {
    switch self {
    case .read(let records, let line): (records, line)
    case .kept(let lines): (try lines.records(), 0)
    }
  }
}

extension [RecordPart] {
  /// The records of all parts in order; those that were kept are read on all cores.
  ///
  /// - Throws: `StageFailure` if what was kept cannot be read.
  func records() async throws(StageFailure) -> RecordBatch {
    let batches = try await onAllCores(count) { range throws(StageFailure) in
      var batches: [(RecordBatch, afterLine: Int)] = []
      for index in range { batches.append(try self[index].records()) }
      return batches
    }
    return RecordBatch(joining: batches.flatMap(\.self))
  }
}
