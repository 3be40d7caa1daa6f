import IndexRendering
import StrictJSON
import TestSupport
import Testing

@Suite("Digests of pages")
struct PageDigestTests {
  @Test("A page has one digest, in whatever parts it comes")
  func ignoresParts() {
    var random = SeededGenerator(seed: 1)
    for count in [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 100, 1000] {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let whole = PageDigest(bytes.span)
      for _ in 0..<50 {
        var hasher = PageHasher()
        var rest = bytes[...]
        while !rest.isEmpty {
          let part = Array(rest.prefix(Int.random(in: 0...40, using: &random)))
          hasher.append(part.span)
          rest = rest.dropFirst(part.count)
        }
        #expect(hasher.digest == whole)
      }
    }
  }

  @Test("Another byte, place or length makes another digest")
  func seesChanges() {
    var seen: Set<PageDigest> = []
    var pages: [[UInt8]] = (0...64).map { [UInt8](repeating: 0, count: $0) }
    for place in 0..<64 {
      for bit in 0..<8 {
        var page = [UInt8](repeating: 0, count: 64)
        page[place] = 1 << bit
        pages.append(page)
      }
    }
    for page in pages { seen.insert(PageDigest(page.span)) }
    #expect(seen.count == pages.count)
  }
}
