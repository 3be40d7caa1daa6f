/// One page of a listing by ListObjectsV2.
public struct S3ListingPage: Sendable {
  /// The objects, in the order of the page.
  public let objects: [S3Object]
  /// How to ask for the next page; `nil` on the last one.
  public let nextToken: [UInt8]?

  /// Reads a page that was asked for with `encoding-type=url` and without a delimiter.
  ///
  /// - Throws: `S3Problem` if it is none, or contradicts itself, so that it may not be whole.
  public init(_ body: [UInt8]) throws(S3Problem) {
    let root = try Self.root(of: body)
    guard root.isNamed("ListBucketResult") else {
      throw S3Problem("it is <\(String(printing: root.name.prefix(60)))>, not <ListBucketResult>")
    }
    let isEncoded = try Self.isEncoded(root)
    var objects: [S3Object] = []
    for element in root.children("Contents") {
      objects.append(try Self.object(element, isEncoded: isEncoded))
    }
    if !root.children("CommonPrefixes").isEmpty {
      throw S3Problem("it hides keys behind <CommonPrefixes>, which nobody asked for")
    }
    if let text = try root.text("KeyCount"), Self.number(text) != objects.count {
      let count = String(printing: text.prefix(20))
      throw S3Problem("it says that it has \(count) keys, and has \(objects.count)")
    }
    self.objects = objects
    nextToken = try Self.nextToken(root)
  }

  private static func root(of body: [UInt8]) throws(S3Problem) -> S3Document.Element {
    do throws(MarkupProblem) {
      if let root = try S3Document(body).root { return root }
    } catch {
      throw S3Problem("it is no XML in full: \(error)")
    }
    throw S3Problem("it is empty")
  }

  private static func isEncoded(_ root: S3Document.Element) throws(S3Problem) -> Bool {
    guard let type = try root.text("EncodingType"), !type.isEmpty else { return false }
    if type.elementsEqual("url".utf8) { return true }
    throw S3Problem("its keys are written in an unknown way, \(String(printing: type.prefix(20)))")
  }

  private static func object(
    _ element: S3Document.Element,
    isEncoded: Bool
  ) throws(S3Problem) -> S3Object {
    guard let written = try element.text("Key"), !written.isEmpty else {
      throw S3Problem("an object has no key")
    }
    let decoded = isEncoded ? S3Encoding.decoded(written.span, isForm: true) : written
    let shown = String(printing: written.prefix(200))
    guard let key = decoded else { throw S3Problem("the key \(shown) is not percent-encoded") }
    guard let size = try element.text("Size").flatMap({ number($0) }) else {
      throw S3Problem("the object \(shown) has no size")
    }
    guard let modified = try element.text("LastModified") else {
      throw S3Problem("the object \(shown) has no time of its last change")
    }
    let tag = try element.text("ETag") ?? []
    return S3Object(
      key: key,
      size: size,
      entityTag: tag.filter { $0 != UInt8(ascii: "\"") },
      modified: modified
    )
  }

  private static func nextToken(_ root: S3Document.Element) throws(S3Problem) -> [UInt8]? {
    let token = try root.text("NextContinuationToken") ?? []
    guard let flag = try root.text("IsTruncated") else {
      throw S3Problem("it does not say whether it is the last page")
    }
    if flag.elementsEqual("true".utf8) {
      if token.isEmpty { throw S3Problem("it is not the last page, and says no way to the next") }
      return token
    }
    guard flag.elementsEqual("false".utf8), token.isEmpty else {
      throw S3Problem("it says that it is the last page, and how to go on")
    }
    return nil
  }

  private static func number(_ text: [UInt8]) -> Int? { HTTPContentRange.number(text[...]) }
}
