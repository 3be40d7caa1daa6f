import IndexPipeline
import IndexTransport

/// Asks for the facts of many objects, some at a time.
struct ObjectFactsReader: Sendable {
  let client: BucketClient
  let questions: ObjectQuestions
  /// How many requests are under way at once.
  let width: Int

  /// Finds the facts of objects; the store answers for those that did not change.
  ///
  /// What was learned is kept even if the rest cannot be.
  ///
  /// - Throws: `StageFailure` if an object is gone, changed, or may not be read.
  func read(
    _ objects: [S3Object],
    _ store: ObjectFactsStore
  ) async throws -> [S3Object: ObjectFacts] {
    var facts: [S3Object: ObjectFacts] = [:]
    for object in objects { facts[object] = store[object] }
    let missing = objects.filter { facts[$0] == nil }
    if missing.isEmpty {
      store.keep(facts)
      return facts
    }
    do {
      try await ask(missing, &facts)
    } catch {
      store.keep(facts)
      throw error
    }
    store.keep(facts)
    return facts
  }

  private func ask(
    _ objects: [S3Object],
    _ facts: inout [S3Object: ObjectFacts]
  ) async throws {
    var found = facts
    defer { facts = found }
    try await withThrowingTaskGroup(of: (S3Object, ObjectFacts).self) { group in
      var (started, finished) = (0, 0)
      while finished < objects.count {
        while started < objects.count, started - finished < width {
          let object = objects[started]
          group.addTask { (object, try await self.facts(of: object)) }
          started += 1
        }
        guard let (object, facts) = try await group.next() else { break }
        found[object] = facts
        finished += 1
        client.context.advance(finished, of: objects.count)
      }
    }
  }

  private func facts(of object: S3Object) async throws -> ObjectFacts {
    let place = "s3://\(client.bucket)/\(String(decoding: object.key, as: UTF8.self))"
    guard let url = client.address.url(ofKey: object.key.span) else { return ObjectFacts() }
    var request = HTTPRequest(url, method: .head)
    if questions.wantsChecksum {
      request.fields = [HTTPField("x-amz-checksum-mode", "ENABLED")].compactMap { $0 }
    }
    let response = try await client.send(request, about: place)
    let tag = (response.field("etag") ?? "").utf8.filter { $0 != UInt8(ascii: "\"") }
    guard tag.isEmpty || tag.elementsEqual(object.entityTag) else {
      throw StageFailure(
        .transient(retryAfter: nil),
        code: "changed-object",
        "\(client.title): \(place) changed while the bucket was read"
      )
    }
    return questions.facts(in: response)
  }
}
