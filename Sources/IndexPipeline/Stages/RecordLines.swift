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
  case read(RecordBatch)
  case kept(RecordLines)

  var count: Int {
    switch self {
    case .read(let batch): batch.records.count
    case .kept(let lines): lines.count
    }
  }

  fileprivate func append(to batch: inout RecordBatch) throws(StageFailure) {
    switch self {
    case .read(let records): batch.append(records)
    case .kept(let lines): batch.append(try lines.records())
    }
  }
}

extension [RecordPart] {
  /// The records of all parts in order, read on all cores.
  func records() async throws -> RecordBatch {
    if case .read(let all)? = first, count == 1 { return all }
    let size = Swift.max(1, (count + coreCount * 4 - 1) / (coreCount * 4))
    let starts = Array<Int>(stride(from: 0, to: count, by: size))
    return try await withThrowingTaskGroup(of: (Int, RecordBatch).self) { group in
      for start in starts {
        let parts = self[start..<Swift.min(start + size, count)]
        group.addTask {
          var batch = RecordBatch()
          for part in parts { try part.append(to: &batch) }
          return (start, batch)
        }
      }
      let batches = try await group.reduce(into: [Int: RecordBatch]()) { $0[$1.0] = $1.1 }
      var records = RecordBatch()
      for start in starts { if let batch = batches[start] { records.append(batch) } }
      return records
    }
  }
}
