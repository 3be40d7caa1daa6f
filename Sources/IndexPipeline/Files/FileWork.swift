import IndexModel
import IndexRendering

/// What a publication does to the files of distributions at one sink.
struct FileWork: Sendable {
  /// What is sent.
  private(set) var outgoing: [OutgoingFile] = []
  /// What the sink holds afterwards, by the paths.
  private(set) var published: [[UInt8]: PublishedFile] = [:]
  /// What the pipeline no longer has.
  private(set) var removed: [[UInt8]] = []
  /// How many distributions are linked to that Larder did not publish here.
  private(set) var linkedCount = 0

  /// Whether the sink holds all of it already, and says so.
  var isDone: Bool { outgoing.isEmpty && removed.isEmpty && !isNews }

  /// Whether files are there that the sink does not say that it holds.
  private var isNews = false

  /// What a report tells of it.
  var changes: FileChanges {
    FileChanges(
      added: outgoing.map(\.path).sorted { $0.lexicographicallyPrecedes($1) },
      removed: removed,
      unchanged: published.count - outgoing.count,
      linked: linkedCount
    )
  }

  /// Compares the files that an index wants with those that a sink holds.
  ///
  /// - Parameter trustsSink: Whether files are there because the sink says so.
  /// - Throws: `StageFailure` if a file of that name has other bytes.
  init(
    _ wanted: WantedFiles,
    over held: [[UInt8]: PublishedFile],
    at step: Pipeline.SinkStep,
    trustsSink: Bool
  ) async throws {
    linkedCount = wanted.elsewhereCount
    var gone = held
    var unseen: [OutgoingFile] = []
    for file in wanted.files {
      let known = gone.removeValue(forKey: file.path)
      if let sha256 = known?.sha256, let meant = file.content?.sha256 ?? file.sha256 {
        guard sha256.utf8.elementsEqual(meant.utf8) else {
          let path = String(decoding: file.path, as: UTF8.self)
          throw StageFailure(otherBytesAt: "sink \"\(step.id)\": \(path)")
        }
      }
      if let content = file.content {
        let outgoing = OutgoingFile(path: file.path, content)
        published[file.path] =
          known?.sha256 == nil
          ? PublishedFile(sha256: content.sha256, size: content.size) : known
        if known == nil || known?.sha256 != nil && !trustsSink {
          unseen.append(outgoing)
        } else if known?.sha256 == nil {
          self.outgoing.append(outgoing)
        }
      } else if let known, known.sha256 != nil {
        published[file.path] = known
      } else if file.isDistribution {
        linkedCount += 1
      }
    }
    removed = gone.filter { !$0.value.isFound }.keys.sorted { $0.lexicographicallyPrecedes($1) }
    if !unseen.isEmpty { try await look(for: unseen, over: held, at: step) }
  }

  /// Sends those of some files that are not there; the others are somebody else's.
  private mutating func look(
    for unseen: [OutgoingFile],
    over held: [[UInt8]: PublishedFile],
    at step: Pipeline.SinkStep
  ) async throws {
    isNews = true
    let missing = try await step.sink.missing(of: unseen)
    outgoing += missing
    let paths = Set(missing.map(\.path))
    for file in unseen {
      let (sha256, size) = (file.content.sha256, file.content.size)
      if paths.contains(file.path) {
        published[file.path] = PublishedFile(sha256: sha256, size: size)
      } else if held[file.path] == nil {
        published[file.path] = PublishedFile(sha256: sha256, size: size, isFound: true)
      }
    }
  }
}

extension StageFailure {
  /// The failure of a file that is there with other bytes than those that are to be published.
  ///
  /// - Parameter place: What messages call the file that is there, such as its URL.
  public init(otherBytesAt place: String) {
    self.init(
      .data,
      code: "other-bytes",
      "\(place) is there with other bytes than those that are to be published",
      notes: ["nothing was written"],
      help: "a file name stands for the same bytes forever: give the new file another version or "
        + "build number"
    )
  }
}

extension Pipeline {
  /// Finds out what is to be done to files at each sink; nothing at those that take none.
  ///
  /// - Throws: `StageFailure` if a file of that name has other bytes.
  func planFiles(
    _ offers: [OfferedFile],
    for catalog: Catalog,
    over holdings: [Inventory]?
  ) async throws -> [FileWork?] {
    guard let holdings, sinks.contains(where: \.sink.publishesFiles) else {
      return sinks.map { _ in nil }
    }
    let wanted = try WantedFiles(of: catalog, offers, render)
    var work: [FileWork?] = []
    for (step, inventory) in zip(sinks, holdings) {
      guard step.sink.publishesFiles else {
        work.append(nil)
        continue
      }
      work.append(
        try await FileWork(wanted, over: inventory.files, at: step, trustsSink: !rebuilds)
      )
    }
    return work
  }
}
