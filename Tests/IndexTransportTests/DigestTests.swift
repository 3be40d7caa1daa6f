import IndexTransport
import Testing

/// Digests against the values of the standards that define them.
@Suite struct DigestTests {
  @Test(
    "Each digest of abc is that of its standard",
    arguments: [
      (DigestAlgorithm.md5, "900150983cd24fb0d6963f7d28e17f72"),
      (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (.sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
      (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        .sha384,
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
          + "8086072ba1e7cc2358baeca134c825a7"
      ),
      (
        .sha512,
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
      ),
      (
        .blake2b,
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
          + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
      ),
    ]
  )
  func isStandard(_ algorithm: DigestAlgorithm, _ expected: String) throws {
    let text = Array("abc".utf8)
    let digest = try Digest.of(text.span, algorithm)
    #expect(digest.hexadecimal == expected)
    #expect(digest.count == algorithm.byteCount)
  }

  @Test("Pieces make the digest of the whole, and a finished digest begins anew")
  func takesPieces() throws {
    let text = Array("the quick brown fox".utf8)
    var digest = try Digest()
    let nothing: [UInt8] = []
    for index in text.indices { digest.update(text.span.extracting(index..<index + 1)) }
    digest.update(nothing.span)
    #expect(try digest.finish() == Digest.of(text.span))
    #expect(try digest.finish() == Digest.of(nothing.span))
  }

  @Test("Keyed digests are those of RFC 4231")
  func isKeyed() throws {
    let key = [UInt8](repeating: 0x0B, count: 20)
    let text = Array("Hi There".utf8)
    let code = try HMAC.sha256(key: key.span, text.span)
    #expect(
      code.hexadecimal == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )
    let empty: [UInt8] = []
    let nothing = try HMAC.sha256(key: empty.span, empty.span)
    #expect(
      nothing.hexadecimal == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    )
  }

  @Test("The digest of a file is that of its bytes, wherever reading is stopped")
  func readsFiles() throws {
    var bytes: [UInt8] = []
    let file = try InputFile.open("/proc/self/exe")
    while try file.read(into: &bytes, upTo: 1 << 20) > 0 {}
    try file.rewind()
    var digest = try Digest()
    let count = try digest.update(readingAllOf: file)
    #expect(count == bytes.count)
    #expect(try digest.finish() == Digest.of(bytes.span))
    try file.rewind()
    let stopped = try digest.update(readingAllOf: file) { true }
    #expect(stopped == 0)
    let middle = try file.read(at: 1000..<3000)
    #expect(middle[...] == bytes[1000..<3000])
    let end = try file.read(at: bytes.count - 10..<bytes.count + 10)
    #expect(end[...] == bytes.suffix(10))
  }
}
