import IndexModel
import IndexPipeline
import IndexTransport

/// Lists all objects of a bucket whose keys begin with a prefix, page after page.
struct BucketListing: Sendable {
  /// All that was found.
  struct Found: Sendable {
    var objects: [S3Object] = []
    var byteCount = 0
  }

  /// How many pages without keys may follow each other: one more is a loop.
  private static let emptyPagesInARow = 2

  let client: BucketClient
  let prefix: String
  /// How many keys a page has at most.
  let pageSize: Int

  /// What messages call the place.
  var place: String { "s3://\(client.bucket)/\(prefix)" }

  /// Reads all pages.
  ///
  /// - Returns: The objects in the order of their keys.
  /// - Throws: `StageFailure` if it is not certain that these are all.
  func read() async throws -> Found {
    var found = Found()
    var keys: Set<[UInt8]> = []
    var tokens: Set<[UInt8]> = []
    var (token, emptyPages) = ([UInt8]?.none, 0)
    repeat {
      let page = try await page(after: token, pageSize, &found.byteCount)
      for object in page.objects {
        guard object.key.starts(with: prefix.utf8) else {
          throw broken("its key \(object.printedKey) does not begin with the prefix")
        }
        guard Timestamp(rfc3339: object.modified.span) != nil else {
          throw broken("the key \(object.printedKey) has a time of its last change that is none")
        }
        guard keys.insert(object.key).inserted else {
          throw broken("it lists the key \(object.printedKey) twice")
        }
      }
      found.objects += page.objects
      client.context.advance(found.objects.count, of: 0)
      emptyPages = page.objects.isEmpty ? emptyPages + 1 : 0
      if let next = page.nextToken {
        guard tokens.insert(next).inserted else {
          throw broken("it goes in circles: a token of an earlier page comes again")
        }
        if emptyPages > Self.emptyPagesInARow {
          throw broken("\(emptyPages) pages in a row have no keys, and each promises another one")
        }
      }
      token = page.nextToken
    } while token != nil
    found.objects.sort { $0.key.lexicographicallyPrecedes($1.key) }
    return found
  }

  /// Asks for one key.
  ///
  /// - Throws: `StageFailure` if the bucket does not answer, or refuses.
  func probe() async throws {
    var byteCount = 0
    _ = try await page(after: nil, 1, &byteCount)
  }

  private func page(
    after token: [UInt8]?,
    _ size: Int,
    _ byteCount: inout Int
  ) async throws -> S3ListingPage {
    var query = [
      (name: "list-type", value: Array("2".utf8)),
      // One control character in a key would make the page no XML.
      (name: "encoding-type", value: Array("url".utf8)),
      (name: "max-keys", value: Array("\(size)".utf8)),
    ]
    if !prefix.utf8.isEmpty { query.append((name: "prefix", value: Array(prefix.utf8))) }
    if let token { query.append((name: "continuation-token", value: token)) }
    let request = HTTPRequest(client.address.url(query: query))
    let response = try await client.send(request, about: place)
    byteCount += response.body.count
    do throws(S3Problem) {
      return try S3ListingPage(response.body)
    } catch {
      let secrets = try await client.secrets()
      if let refusal = S3Refusal(response.body) {
        throw broken("status 200 with an error: \(refusal.text(hiding: secrets))")
      }
      throw secrets.masking(broken(error.message))
    }
  }

  private func broken(_ problem: String) -> StageFailure {
    StageFailure(
      .data,
      code: "broken-listing",
      "\(client.title): the listing of \(place) cannot be used: \(problem)",
      notes: ["a listing that may not be whole would take packages from the index"]
    )
  }
}

extension S3Object {
  /// The key as messages show it.
  var printedKey: String { String(decoding: key.prefix(300), as: UTF8.self).asJSON }

  /// What stands behind the last slash of the key.
  var filename: [UInt8] {
    let slash = key.lastIndex(of: UInt8(ascii: "/"))
    return Array(key[(slash.map { $0 + 1 } ?? 0)...])
  }
}
