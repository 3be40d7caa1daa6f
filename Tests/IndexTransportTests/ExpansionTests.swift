import IndexTransport
import Testing

@Suite("What was compressed, put back")
struct ExpansionTests {
  private func compress(_ text: String, _ method: CompressionMethod) throws -> [UInt8] {
    var output: [UInt8] = []
    let compressor = try Compressor(method, level: 6)
    try compressor.compress(Array(text.utf8).span, into: &output)
    return output
  }

  private func expands(
    _ bytes: [UInt8],
    to text: String,
    _ method: CompressionMethod
  ) throws -> Bool {
    try method.expands(bytes.span, to: Array(text.utf8).span)
  }

  @Test("Bytes are told from all others", arguments: [CompressionMethod.gzip, .zstd])
  func compares(method: CompressionMethod) throws {
    let page = String(repeating: "a page ", count: 1000)
    let packed = try compress(page, method)
    #expect(packed.count < 200)
    #expect(try expands(packed, to: page, method))
    #expect(try expands(compress("", method), to: "", method))
    let others = ["", String(page.dropLast()), page + "x", "A" + page.dropFirst()]
    for other in others { #expect(try !expands(packed, to: other, method)) }
  }

  @Test("Damage is no match", arguments: [CompressionMethod.gzip, .zstd])
  func findsDamage(method: CompressionMethod) throws {
    let page = String(repeating: "a page ", count: 1000)
    let packed = try compress(page, method)
    for count in 0..<packed.count {
      #expect(try !expands(Array(packed[..<count]), to: page, method))
    }
    #expect(try !expands(packed + [0], to: page, method))
    #expect(try !expands(Array(page.utf8), to: page, method))
  }

  @Test("Archives are put back by other means", arguments: [CompressionMethod.deflate, .xz])
  func refusesOthers(method: CompressionMethod) throws {
    #expect(try !expands(compress("a page", method), to: "a page", method))
  }
}
