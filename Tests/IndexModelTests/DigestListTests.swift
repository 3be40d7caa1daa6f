import IndexModel
import StrictJSON
import Testing

@Suite("Digests")
struct DigestListTests {
  private func normalized(_ name: String, _ value: String) throws -> String {
    var output: [UInt8] = []
    try DigestList.appendNormalized(
      name: name.utf8Span.span,
      value: value.utf8Span.span,
      to: &output
    )
    return String(decoding: output, as: UTF8.self)
  }

  @Test("A digest of the right length is written in lower case", arguments: HashAlgorithm.allCases)
  func acceptsRightLength(_ algorithm: HashAlgorithm) throws {
    let digits = String(repeating: "aB", count: algorithm.digitCount / 2)
    let expected = "\(algorithm.name)=\(digits.lowercased())"
    #expect(try normalized("\(algorithm.name)", digits) == expected)
    #expect(try normalized("\(algorithm.name)".uppercased(), digits) == expected)
  }

  @Test("A digest of another length is refused", arguments: HashAlgorithm.allCases)
  func refusesWrongLength(_ algorithm: HashAlgorithm) {
    for change in [-2, -1, 1, 2] {
      let digits = String(repeating: "a", count: algorithm.digitCount + change)
      #expect(throws: DigestList.Problem.wrongDigits) {
        try normalized("\(algorithm.name)", digits)
      }
    }
  }

  @Test("An algorithm that Larder does not know may have any length")
  func acceptsForeignAlgorithms() throws {
    #expect(try normalized("BLAKE2b_256", "0F") == "blake2b_256=0f")
    #expect(try normalized("sha3-256", "abc") == "sha3-256=abc")
  }

  @Test(
    "What is no name and no digits is refused",
    arguments: [
      ("", "00", .notNameAndValue), ("md5", "", .notNameAndValue), ("m d5", "00", .notNameAndValue),
      ("m=d5", "00", .notNameAndValue), ("m;d5", "00", .notNameAndValue),
      ("m\"5", "00", .notNameAndValue), ("x", "0g", .wrongDigits), ("x", "0=", .wrongDigits),
      ("x", "0;", .wrongDigits), ("x", "\u{E9}", .wrongDigits),
    ] as [(String, String, DigestList.Problem)]
  )
  func refuses(_ name: String, _ value: String, _ problem: DigestList.Problem) {
    #expect(throws: problem) { try normalized(name, value) }
  }

  @Test("The strongest algorithms come first, and uv takes those that a link may name")
  func ordersAlgorithms() {
    #expect(
      HashAlgorithm.allCases.map { "\($0.name)" }
        == ["sha256", "sha512", "sha384", "sha224", "sha1", "md5"]
    )
    #expect(
      HashAlgorithm.allCases.filter(\.isAllowedInFragment)
        == [.sha256, .sha512, .sha384, .md5]
    )
  }

  @Test("A list gives its digests in their order")
  func walks() {
    let list = Array("sha256=aa;md5=bb;x=".utf8)
    var found: [String] = []
    DigestList.forEach(in: list.span) { name, value in
      found.append(String(decoding: Array(name) + [0x20] + Array(value), as: UTF8.self))
    }
    #expect(found == ["sha256 aa", "md5 bb", "x "])
  }
}
