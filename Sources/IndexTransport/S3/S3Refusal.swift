/// Why an S3 service refused a request, in its own words.
public struct S3Refusal: Sendable, Hashable {
  /// A short name, such as `AccessDenied`.
  public let code: String
  /// A sentence for people, in one line; empty if there is none.
  ///
  /// It may hold what the service was sent, the session token too.
  public let message: String
  /// The region that the bucket is in, if the service says that it is another one.
  public let region: String?

  /// Reads the document of an error; `nil` if it is none.
  public init?(_ body: [UInt8]) {
    guard let document = try? S3Document(body), let root = document.root, root.isNamed("Error")
    else { return nil }
    func text(_ name: String) -> [UInt8] { root.children(name).first?.text ?? [] }
    let code = text("Code")
    guard !code.isEmpty, code.count <= 64, code.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    self.code = String(decoding: code, as: UTF8.self)
    message = String(printing: text("Message").prefix(8192))
    let region = String(decoding: text("Region"), as: UTF8.self)
    self.region = S3Address.isRegion(region) ? region : nil
  }
}
