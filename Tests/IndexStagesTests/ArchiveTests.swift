import IndexRendering
import IndexTransport
import StrictJSON
import TestSupport
import Testing

@testable import IndexStages

@Suite("Archives of an index")
struct ArchiveTests {
  @Test("Paths are sorted by their bytes, equal ones by their numbers", arguments: 0..<20)
  func sortsPaths(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let prefixes = ["", "simple/", "pypi/acme/", "a-very-long-name-that-many-paths-share/"]
    let letters: [UInt8] = [1, 0x2D, 0x2F, 0x61, 0x62, 0xFF]
    var paths: [[UInt8]] = []
    for _ in 0..<400 {
      var path = Array(generator.pick(prefixes).utf8)
      for _ in 0...Int.random(in: 0..<20, using: &generator) {
        path.append(generator.pick(letters))
      }
      paths.append(path)
    }
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for path in paths {
      ranges.append(bytes.count..<bytes.count + path.count)
      bytes += path + [0]
    }
    var sorter = PathSorter(bytes, ranges)
    let expected = paths.indices.sorted { a, b in
      paths[a] == paths[b] ? a < b : paths[a].lexicographicallyPrecedes(paths[b])
    }
    #expect(sorter.sorted() == expected)
  }

  @Test(
    "A time of zip archives is that of UTC, within their years",
    arguments: [
      (0, 1980, 1, 1, 0), (315_532_800, 1980, 1, 1, 0), (951_782_400, 2000, 2, 29, 0),
      (1_709_251_199, 2024, 2, 29, 23 << 11 | 59 << 5 | 29),
      (9_000_000_000, 2107, 12, 31, 23 << 11 | 59 << 5 | 29),
    ]
  )
  func makesZipTimes(seconds: Int, year: Int, month: Int, day: Int, time: Int) {
    let found = ZipTime(seconds: seconds)
    #expect(found.date == (year - 1980) << 9 | month << 5 | day)
    #expect(found.time == time)
  }

  @Test("A header holds paths of any length, and says how large it is", arguments: [1, 99, 300])
  func writesHeaders(step: Int) throws {
    for length in stride(from: 1, to: 700, by: step) {
      for slash in [nil, length / 2, length - 1 - min(90, length - 1)] {
        var path = [UInt8](repeating: UInt8(ascii: "n"), count: length)
        if let slash, slash > 0, slash < length - 1 { path[slash] = UInt8(ascii: "/") }
        var bytes = ByteBuffer()
        TarHeader(time: 1).append(path.span, size: 0, to: &bytes)
        #expect(bytes.count == TarHeader.size(of: path.span, size: 0))
        bytes.append(zeros: 1024)
        let folder = try ScratchFolder()
        let name = [UInt8](path: "x.tar")
        try folder.directory.write(name.span, bytes.span)
        var found: [[UInt8]] = []
        try ArchiveFiles.forEach(
          in: folder.directory.input(name.span),
          where: { _ in true },
          { path, _ in
            found.append(path)
            return true
          }
        )
        #expect(found == [path])
      }
    }
  }

  @Test(
    "The same pages make the same archive, however they come",
    arguments: ["x.tar", "x.tar.gz", "x.tar.zst", "x.zip"],
    [1, 1 << 30]
  )
  func makesTheSameBytes(name: String, memory: Int) async throws {
    let pages = (0..<50).map { n in
      (path: "simple/p\(n)/index.html", content: String(repeating: "\(n) ", count: n * 4000))
    }
    var archives: Set<[UInt8]> = []
    for order in [pages, pages.reversed(), Array(pages[20...] + pages[..<20])] {
      let gathering = PageGathering(memoryLimit: memory, folder: "/tmp")
      for page in order {
        // In two parts.
        let half = page.content.utf8.count / 2
        let (first, last) = (page.content.prefix(half), page.content.dropFirst(half))
        try gathering.add(PageBatch([(page.path, String(first))]))
        try gathering.add(PageBatch([(page.path, String(last))], continues: true))
      }
      archives.insert(try await archive(gathering, name))
    }
    #expect(archives.count == 1)
  }

  private func archive(_ gathering: PageGathering, _ name: String) async throws -> [UInt8] {
    let folder = try ScratchFolder()
    let format = try #require(ArchiveFormat(of: name))
    let options = ArchiveOptions(
      path: "\(folder.path)/\(name)",
      format: format,
      level: 1,
      time: 0,
      prefix: "",
      memory: 0,
      isDurable: false
    )
    let pages = SortedPages(gathering.take())
    let output = try ArchiveOutput(to: OutputLocation.resolve(options.path), isDurable: false)
    if format.container == .tar {
      _ = try await ArchivePublisher(TarFraming(pages, options, time: 0), options, to: output)
        .make()
    } else {
      _ = try await ArchivePublisher(ZipFraming(pages, options, time: 0), options, to: output)
        .make()
    }
    return try InputFile.open("\(folder.path)/.\(name).larder-next").read(at: 0..<1 << 26)
  }
}
