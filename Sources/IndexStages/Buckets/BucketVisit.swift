import IndexModel
import IndexPipeline
import IndexTransport
import StrictJSON

/// One reading of a bucket.
struct BucketVisit {
  let source: S3Source
  let client: BucketClient

  /// Reads all that is there.
  func read(into output: inout SourceOutput) async throws {
    let listing = BucketListing(client: client, prefix: source.prefix, pageSize: source.pageSize)
    var found = try await listing.read()
    output.byteCount += found.byteCount
    found.objects.removeAll { source.exclusion.excludes($0) }
    let files = try BucketFiles(found.objects, bucket: client.bucket, title: source.title)
    for refused in files.refused {
      try refuse(refused.object, refused.problem, into: &output)
    }
    for (copy, original) in files.copies {
      client.context.log("\(copy.printedKey) is left out: a copy of \(original.printedKey)")
    }
    let facts = try await facts(of: files.objects)
    warnOfMissing(facts, into: &output)
    try append(files, facts, to: &output)
  }

  private func facts(of objects: [S3Object]) async throws -> [S3Object: ObjectFacts] {
    if source.questions.isEmpty { return [:] }
    let reader = ObjectFactsReader(
      client: client,
      questions: source.questions,
      width: source.access.web.options.connections
    )
    let store = ObjectFactsStore(
      StageCache(ofPipelineIn: source.folder, client.context),
      bucket: client.address.url(query: []),
      source.questions
    )
    return try await reader.read(objects, store)
  }

  private func warnOfMissing(
    _ facts: [S3Object: ObjectFacts],
    into output: inout SourceOutput
  ) {
    guard source.questions.wantsChecksum else { return }
    let count = facts.values.count { $0.sha256 == nil && $0.metadata["sha256"] == nil }
    if count == 0 { return }
    output.warn(
      "\(source.place): the service keeps no SHA-256 checksum of \(count) of \(facts.count) files"
    )
  }

  private func append(
    _ files: BucketFiles,
    _ facts: [S3Object: ObjectFacts],
    to output: inout SourceOutput
  ) throws(StageFailure) {
    var lines = ByteBuffer()
    var objects: [S3Object] = []
    var file = RecordDraft()
    for object in files.objects {
      do throws(RecordProblem) {
        let hasTime = source.uploadTime == .lastModified
        try files.fill(&file, with: object, at: url(of: object), hasTime: hasTime, facts[object])
      } catch {
        try refuse(object, error, into: &output)
        continue
      }
      file.append(to: &lines)
      objects.append(object)
    }
    let parser = BlockParser(format: .jsonl, badLines: source.badLines)
    let parsed = parser.parse(lines.span)
    for bad in parsed.problems {
      try refuse(objects[bad.line - 1], bad.problem, into: &output)
    }
    for line in parsed.linesWithBadDigests {
      let key = objects[line - 1].printedKey
      output.warn("\(source.place): \(key): a digest that no installer could use was left out")
    }
    output.append(parsed.batch)
  }

  private func url(of object: S3Object) -> [UInt8] {
    if let template = source.fileURL { return template.url(of: object) }
    return client.address.url(ofKey: object.key.span)?.bytes ?? []
  }

  /// Leaves an object out that cannot be a record, or stops the run.
  private func refuse(
    _ object: S3Object,
    _ problem: RecordProblem,
    into output: inout SourceOutput
  ) throws(StageFailure) {
    // The problem is shown at the key: its place in a line that nobody wrote helps nobody.
    let problem = RecordProblem(code: problem.code, problem.message)
    let bad = BadLine(line: 0, text: object.key, problem: problem)
    try output.handle(bad, at: "s3://\(client.bucket)", source.badLines, title: source.title)
  }
}
